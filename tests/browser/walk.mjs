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

function ensure(truth, what) {
  if (!truth) throw new Error(what);
}

async function signIn(options = {}) {
  const context = await browser.newContext({ baseURL: url, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on('console', (said) => said.type() === 'error' && faults.push(`console: ${said.text()}`));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`a dialog opened: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.goto('/');
  await page.fill('#name', name);
  await page.fill('#password', password);
  await page.click('main button');
  await page.waitForURL('**/cases');
  return page;
}

// What staff do in the queue and with a case, by what is on the page.
async function work(page) {
  await page.fill('input[name=q]', 'Abish Saule');
  await page.click('form.find button');
  ensure((await page.locator('tbody tr').count()) === 1, 'found by a name in Latin letters');
  await page.click('ul.chips a.chip');
  ensure((await page.locator('tbody tr').count()) === 50, 'a page of the queue');
  await page.click('a[rel=next]');
  ensure((await page.locator('tbody tr').count()) === 26, 'and what is left');

  await page.goto('/cases');
  await page.click('details.filters summary');
  await page.selectOption('#kind', 'appeal');
  await page.click('details.filters button');
  const appeals = await page.locator('tbody tr').count();
  ensure(appeals > 0 && appeals < 50, `${appeals} appeals`);
  await page.locator('tbody input[type=checkbox]').first().check();
  await page.selectOption('#to-whom', name);
  await page.click('.together button');
  await page.goto(`/cases?assignee=${name}`);
  await page.locator('tbody a').first().waitFor();
  await page.locator('tbody a').first().click();
  ensure((await page.locator('h1').count()) === 1, 'a case');
}

// One person in two spellings: found, compared, said to be one, and taken back.
async function duplicate(page) {
  await page.goto('/cases?duplicate=1');
  ensure((await page.locator('tbody tr').count()) === 2, 'two may be one');
  await page.goto(`/cases/${alike}`);
  await page.locator('#alike a.button').first().click();
  await page.waitForURL('**/compare/**');
  ensure((await page.locator('table.compare tbody tr').count()) > 5, 'side by side');
  await page.locator('button[value=same_person]').click();
  await page.waitForURL(`**/cases/${alike}`);
  ensure((await page.locator('#alike').count()) < 1
    || (await page.locator('#alike .other-case').count()) === 1, 'decided');
  await page.locator('.other-case button.quiet').first().click();
  await page.waitForURL(`**/cases/${alike}`);
  ensure((await page.locator('#alike .other-case').count()) >= 1, 'and taken back');
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

async function pictures() {
  for (const colorScheme of ['light', 'dark']) {
    const page = await signIn({ colorScheme });
    const out = await (await browser.newContext({ baseURL: url, colorScheme })).newPage();
    for (const tongue of TONGUES) {
      for (const one of [page, out]) {
        await one.goto(one === page ? '/cases' : '/sign-in');
        await one.click(`.tongues button[value=${tongue}]`);
      }
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
      }
    }
  }
}

try {
  await pictures();
  // Its own answer to a case that is not there is no fault.
  faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('404')));
  for (const javaScriptEnabled of [false, true]) {
    const page = await signIn({ javaScriptEnabled });
    await work(page);
    await duplicate(page);
    await call(page);
    await figures(page);
    await decide(page);
    await settle(page);
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
// A form that lacked its reason was answered so.
faults.splice(0, faults.length, ...faults.filter((fault) => !fault.includes('422')));
for (const fault of new Set(faults)) console.log(fault);
console.log(`${new Set(faults).size} faults`);
process.exit(faults.length === 0 ? 0 : 1);
