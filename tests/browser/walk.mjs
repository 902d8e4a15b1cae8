// Walks through the console in Debian's Chromium as staff do: with and without JavaScript, in each
// language, at three widths. Looks for what shuts people out (axe) and for pages wider than their
// screen; leaves pictures.
//
//   node walk.mjs FOLDER -- cargo run -p beket-tests --bin console-stage

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WIDTHS = [1440, 768, 360];
const TONGUES = ['kk', 'ru', 'en'];
const PATIENCE = 20_000;
const REST = [
  ['/cases/$APPEAL', 'appeal'],
  ['/cases/$ALIKE', 'alike'],
  ['/cases/$CHILD', 'child'],
  ['/cases/$ALIKE/compare/$APPEAL', 'compare'],
  ['/hotline', 'hotline'],
  ['/situation', 'situation'],
  ['/reports?by=category', 'report'],
  ['/kiosks', 'kiosks'],
  ['/staff', 'staff'],
  ['/account', 'account'],
  ['/log', 'log'],
  ['/calendar', 'calendar'],
];

const [folder, , command, ...rest] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const stage = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: stage.stdout });
const first = (await lines[Symbol.asyncIterator]().next()).value;
if (!first) throw new Error('the stage did not open');
const { url, name, password, conflict, appeal, alike, child } = JSON.parse(first);

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});
const faults = [];
// What goes wrong on purpose: the code, and the address that answers with it.
const MEANT = new Set(['404 /cases/00', '404 /nowhere', '403 /log', '403 /sign-in', '422 /hotline/save',
  `422 /cases/${appeal}/status`, `401 /cases/${appeal}/note`]);

// A browser tells of every answer that is no page that was asked for.
function told(said) {
  const answer = /^Failed to load resource: the server responded with a status of (\d+) \(.*\)$/.exec(said.text());
  const at = answer && new URL(said.location().url).pathname;
  if (answer && MEANT.has(`${answer[1]} ${at}`)) return;
  faults.push(`console: ${said.text()} at ${said.location().url}`);
}

function ensure(truth, what) {
  if (!truth) throw new Error(what);
}

async function signIn(options = {}, who = { name, password }) {
  const context = await browser.newContext({ baseURL: url, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('console', (said) => said.type() === 'error' && told(said));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto('/');
  await page.fill('#name', who.name);
  await page.fill('#password', who.password);
  await page.click('main button');
  await page.waitForURL('**/cases');
  return page;
}

// Somebody else of staff, whose password is shown once.
async function add(page, whose) {
  await page.goto('/staff');
  await page.fill('#name', whose);
  await page.selectOption('#role', 'operator');
  await page.click('button[value=add]');
  return choose({ name: whose, password: await page.locator('p.code').innerText() });
}

// Whoever made a password knows it: it leads to another, and nowhere else.
async function choose(who) {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto('/');
  await page.fill('#name', who.name);
  await page.fill('#password', who.password);
  await page.click('main button');
  await page.waitForURL('**/account');
  await page.goto('/cases');
  await page.waitForURL('**/account');
  await lookOver(page, 'choose-first');
  const own = `${who.password}-own`;
  await page.fill('#old', who.password);
  await page.fill('#new', own);
  await page.fill('#again', own);
  await page.click('form[action="/account/password"] button');
  await page.locator('p.done').waitFor();
  await context.close();
  return { ...who, password: own };
}

// Opens a list until it holds a row: lists follow the records.
async function listed(page, address, row) {
  const ends = Date.now() + PATIENCE;
  do {
    ensure(Date.now() < ends, `${address} holds what it must`);
    await page.goto(address);
  } while ((await row.count()) === 0);
}

// What staff do in the queue and with a case, by what is on the page.
async function work(page) {
  await page.fill('input[name=q]', 'Abish Saule');
  await page.click('form.find button');
  const found = await page.locator('tbody tr').allInnerTexts();
  ensure(found.length > 0 && found.every((row) => row.includes('Әбіш')), 'found by a name in Latin letters');
  await page.click('ul.chips a.chip');
  ensure((await page.locator('tbody tr').count()) === 50, 'a page of the queue');
  const total = Number.parseInt(await page.locator('.title .quiet-text').innerText(), 10);
  ensure(total >= 76, `${total} cases`);
  await page.click('a[rel=next]');
  ensure((await page.locator('tbody tr').count()) === Math.min(total - 50, 50), 'and what is left');

  await page.goto('/cases');
  await page.click('details.filters summary');
  await page.selectOption('#kind', 'appeal');
  await page.click('details.filters button');
  const appeals = await page.locator('tbody tr').count();
  ensure(appeals > 0 && appeals < 50, `${appeals} appeals`);
  await page.locator('tbody input[type=checkbox]').first().check();
  await page.selectOption('#to-whom', name);
  await page.click('.together button');
  const mine = page.locator('tbody a');
  await listed(page, `/cases?assignee=${name}`, mine);
  await mine.first().click();
  ensure((await page.locator('h1').count()) === 1, 'a case');
}

// One person in two spellings: found, compared, said to be one, and taken back.
async function duplicate(page) {
  await page.goto('/cases?duplicate=1');
  ensure((await page.locator('tbody tr').count()) === 2, 'two may be one');
  await page.goto(`/cases/${alike}`);
  const before = await page.locator('#alike .other-case').count();
  await page.locator('#alike a.button').first().click();
  await page.waitForURL('**/compare/**');
  ensure((await page.locator('table.compare tbody tr').count()) > 5, 'side by side');
  await page.locator('button[value=same_person]').click();
  await page.waitForURL(`**/cases/${alike}`);
  ensure((await page.locator('#alike .other-case').count()) === before - 1, 'decided');
  await page.locator('.other-case button.quiet').first().click();
  await page.waitForURL(`**/cases/${alike}`);
  ensure((await page.locator('#alike .other-case').count()) === before, 'and taken back');
}

// What lacks its reason comes back with what was typed; the rest is saved.
async function decide(page) {
  await page.goto(`/cases/${appeal}`);
  await page.selectOption('#status', 'under_review');
  await page.click('#decide button');
  await page.waitForURL(`**/cases/${appeal}`);
  await page.selectOption('#status', 'forwarded');
  await page.fill('#whom', '');
  await page.fill('#text', 'Біздің құзырымызда емес');
  await page.click('#decide button');
  await page.locator('[role=alert]').waitFor();
  ensure((await page.inputValue('#text')) === 'Біздің құзырымызда емес', 'typed text stays');
  await page.fill('#whom', 'Әкімдік');
  await page.click('#decide button');
  await page.waitForURL(`**/cases/${appeal}`);
  await page.selectOption('#status', 'under_review');
  await page.click('#decide button');
  await page.locator('#decide').waitFor();
  // A later day, within the law, for a reason.
  await page.click('details:has(#new-due) summary');
  const later = await page.getAttribute('#new-due', 'min');
  await page.fill('#new-due', later);
  await page.fill('#extend-why', 'Сарапшының жауабы күтілуде');
  await page.locator('form[action$="/extend"] button').click();
  await page.getByText('Сарапшының жауабы күтілуде').first().waitFor();

  // A part goes to another body, as a case of its own.
  const parts = await page.locator('.other-case').count();
  await page.click('details:has(#part) summary');
  await page.fill('#part', 'Жол жөндеу');
  await page.fill('#part-to', 'Автожол');
  await page.locator('form[action$="/part"] button').click();
  await page.waitForURL(`**/cases/${appeal}`);
  ensure((await page.locator('.other-case').count()) > parts, 'the part is linked');

  await page.fill('#note', 'Қоңырау шалынды');
  await page.locator('#notes button').last().click();
  await page.getByText('Қоңырау шалынды').first().waitFor();
}

// A call: nothing is shown before the answer agrees.
async function call(page) {
  await page.goto('/hotline');
  await page.fill('#q', 'Оразбеков Кайрат');
  await page.click('form.hotline button');
  await page.locator('#answer').waitFor();
  ensure(!(await page.locator('main').innerText()).includes('Мектеп 7'), 'nothing is told yet');
  await page.fill('#answer', '1971');
  await page.locator('section.wait button').click();
  await page.getByText('Мектеп 7').first().waitFor();
  await page.fill('#told', 'Пойызбен кеткен');
  await page.fill('#caller', 'Інісі');
  await page.locator('form[action="/hotline/save"] button').click();
  await page.waitForURL('**/cases/*');
  await page.getByText('Пойызбен кеткен').first().waitFor();
}

// A child alone goes with two of staff, one after the other.
async function release(page, other, address) {
  await page.goto(address);
  await page.click('details:has(#guardian) summary');
  await page.fill('#guardian', 'Серікова Гүлнар');
  await page.fill('#document', 'ЖК 012345678');
  await page.click('button[value=first]');
  await page.locator('#release button[value=cancel]').waitFor();
  ensure((await page.locator('#release button[value=confirm]').count()) === 0, 'one is not enough');
  await other.goto(address);
  ensure((await other.locator('#release').innerText()).includes('ЖК 012345678'), 'the second sees it');
  await other.click('button[value=confirm]');
  await other.waitForURL(`**${address}`);
  ensure((await other.locator('#release').count()) === 0, 'the child has gone');
}

// The address of a child alone who is registered meanwhile.
async function anotherChild(page) {
  stage.stdin.write(`${JSON.stringify({ kind: 'evacuee', language: 'kk', incident: 'ARYS-2019',
    person: { given_name: 'Бота', whereabouts: 'here', separated: { says: 'анасы Дана' } } })}\n`);
  const found = page.locator('tbody tr', { hasText: 'Бота' }).locator('a').first();
  await listed(page, '/cases?alone=1&q=Бота', found);
  return found.getAttribute('href');
}

// Figures, files, kiosks, staff: there, and about what was registered.
async function figures(page) {
  await page.goto('/situation');
  ensure((await page.locator('svg.chart').count()) >= 1, 'a chart');
  ensure((await page.locator('.numbers strong').first().innerText()) !== '0', 'people are counted');
  await page.goto('/reports?by=category');
  const total = await page.locator('tfoot td').allInnerTexts();
  ensure(total.some((text) => Number(text) >= 76), `a report of everything: ${total}`);
  await page.goto('/cases?kind=appeal');
  for (const kind of ['csv', 'xlsx', 'jsonl']) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.click(`.exports a[href*="cases.${kind}"]`),
    ]);
    ensure((await file.failure()) === null, `${kind} arrives whole`);
  }
  await page.goto('/kiosks');
  await page.selectOption('#station', 'TRK');
  await page.click('section.enrol button');
  await page.locator('svg.squares').waitFor();
}

// One conflict each time: the next hand finds the next one.
async function settle(page) {
  await page.goto(`/cases/${conflict}`);
  const before = await page.locator('.conflict').count();
  ensure(before > 0, 'there is a conflict');
  const there = page.waitForEvent('framenavigated');
  await page.locator('.conflict button.choice').first().click();
  await there;
  await page.waitForLoadState();
  ensure((await page.locator('.conflict').count()) === before - 1, 'the conflict is settled');
}

// A case that comes while somebody reads says so, and moves nothing.
async function announce(page) {
  await page.goto('/cases');
  const before = await page.locator('tbody').innerText();
  stage.stdin.write(`${JSON.stringify({ kind: 'evacuee', language: 'kk',
    person: { given_name: 'Жаңадан' } })}\n`);
  await page.locator('#news a').waitFor();
  ensure((await page.locator('tbody').innerText()) === before, 'nothing moved');
  await page.click('#news a');
  await page.getByText('Жаңадан').first().waitFor();
}

// The keys that a sheet on `?` names.
async function keys(page) {
  await page.goto('/cases');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const on = await page.evaluate(() => document.activeElement.closest('tr')?.sectionRowIndex);
  ensure(on === 0, `the first row has the focus, not ${on}`);
  await page.keyboard.press('?');
  ensure(await page.locator('dialog#keys').isVisible(), 'the keys are told');
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  ensure(await page.evaluate(() => document.activeElement.name === 'q'), 'the search has the focus');
}

async function lookOver(page, what) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run({ runOnly:
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  ensure(found.passes.length > 10, `${what}: axe looked at hardly anything`);
  for (const violation of found.violations) {
    const where = violation.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ');
    faults.push(`${what}: ${violation.id} at ${where}`);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) faults.push(`${what}: ${over} px wider than the screen`);
  await page.screenshot({ path: `${folder}/${what}.png`, fullPage: true });
}

// What is seen only after something was sent.
async function later(page, out, operator, suffix) {
  const seen = async (one, what) => lookOver(one, `${what}-${suffix}`);
  await page.goto('/kiosks');
  await page.selectOption('#station', 'TRK');
  await page.click('section.enrol button');
  await page.locator('svg.squares').waitFor();
  await seen(page, 'sheet');

  await page.goto('/hotline');
  await page.fill('#q', 'Оразбеков Кайрат');
  await page.click('form.hotline button');
  await seen(page, 'asked-back');
  for (const [answer, what] of [['1950', 'not-confirmed'], ['1971', 'confirmed']]) {
    await page.goto('/hotline');
    await page.fill('#q', 'Оразбеков Кайрат');
    await page.click('form.hotline button');
    await page.fill('#answer', answer);
    await page.locator('section.wait button').click();
    await page.locator('#caller').waitFor();
    await seen(page, what);
  }
  await page.locator('form[action="/hotline/save"] button').click();
  await page.locator('[role=alert]').waitFor();
  await seen(page, 'not-saved-enquiry');

  await add(page, `Көмекші ${suffix}`);
  await seen(page, 'new-password');
  await page.goto(`/cases/${appeal}`);
  await page.selectOption('#status', 'forwarded');
  await page.fill('#text', 'Біздің құзырымызда емес');
  await page.click('#decide button');
  await page.locator('[role=alert]').waitFor();
  await seen(page, 'not-saved');
  await page.goto('/nowhere');
  await seen(page, 'nowhere');

  // Whoever makes accounts is none of the two who let a child go.
  await operator.goto(`/cases/${child}`);
  for (const form of ['#guardian', '#mistaken-why']) await operator.click(`details:has(${form}) summary`);
  await seen(operator, 'child-alone');
  await operator.goto('/log');
  await seen(operator, 'not-yours');
  await out.goto('/sign-in');
  await out.fill('#name', `Бөтен ${suffix}`);
  await out.fill('#password', 'қате');
  await out.click('main button');
  await out.locator('[role=alert]').waitFor();
  await seen(out, 'wrong-password');
}

// A form that comes after its session has ended: what was typed is still to be seen.
async function late(tongue, who) {
  const page = await signIn({ locale: tongue, viewport: { width: 360, height: 900 } }, who);
  await page.goto(`/cases/${appeal}`);
  await page.fill('#note', 'Ұзақ жазба');
  await page.context().clearCookies();
  await page.locator('#notes button').last().click();
  await page.locator('textarea[readonly]').waitFor();
  ensure((await page.inputValue('textarea[readonly]')) === 'Ұзақ жазба', 'what was typed is shown');
  await lookOver(page, `late-${tongue}-360-light`);
  await page.context().close();
}

async function pictures(second) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await signIn({ colorScheme });
    const operator = await signIn({ colorScheme }, second);
    const out = await (await browser.newContext({ baseURL: url, colorScheme })).newPage();
    for (const tongue of TONGUES) {
      for (const one of [page, operator, out]) {
        await one.goto(one === out ? '/sign-in' : '/cases');
        await one.click(`.tongues button[value=${tongue}]`);
      }
      if (colorScheme === 'light') await late(tongue, second);
      for (const width of WIDTHS) {
        await out.setViewportSize({ width, height: 900 });
        await out.goto('/sign-in');
        await lookOver(out, `sign-in-${tongue}-${width}-${colorScheme}`);
        await page.setViewportSize({ width, height: 900 });
        for (const [address, what] of [
          ['/cases', 'queue'],
          ['/cases?q=Smagulva&kind=evacuee&conflict=1&sort=name', 'filtered'],
          [`/cases/${conflict}`, 'case'],
          ['/cases/00', 'no-case'],
          // Of the rest one dark picture is enough.
          ...(colorScheme === 'light' || width === 768 ? REST : []),
        ]) {
          await page.goto(address.replace('$APPEAL', appeal).replace('$ALIKE', alike).replace('$CHILD', child));
          if (what === 'filtered') await page.click('details.filters summary');
          await lookOver(page, `${what}-${tongue}-${width}-${colorScheme}`);
        }
        if (colorScheme === 'light') {
          await operator.setViewportSize({ width, height: 900 });
          await later(page, out, operator, `${tongue}-${width}-${colorScheme}`);
        }
      }
    }
  }
}

try {
  const first = await add(await signIn(), 'Бірінші');
  const second = await add(await signIn(), 'Екінші');
  await pictures(second);
  for (const javaScriptEnabled of [false, true]) {
    const page = await signIn({ javaScriptEnabled });
    const operator = await signIn({ javaScriptEnabled }, first);
    const other = await signIn({ javaScriptEnabled }, second);
    await work(page);
    await duplicate(page);
    await call(page);
    await figures(page);
    await decide(page);
    await settle(page);
    await release(operator, other, javaScriptEnabled ? await anotherChild(page) : `/cases/${child}`);
    if (javaScriptEnabled) {
      await announce(page);
      await keys(page);
    }
  }
} finally {
  await browser.close();
  stage.stdin.end();
}
const code = await new Promise((done) => stage.on('close', done));
if (code !== 0) faults.push(`the stage ended with ${code}`);
for (const fault of new Set(faults)) console.log(fault);
console.log(`${new Set(faults).size} faults`);
process.exit(faults.length === 0 ? 0 : 1);
