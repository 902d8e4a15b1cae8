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

const [folder, , command, ...rest] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const stage = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
const lines = createInterface({ input: stage.stdout });
const first = (await lines[Symbol.asyncIterator]().next()).value;
if (!first) throw new Error('the stage did not open');
const { url, name, password, conflict } = JSON.parse(first);

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
  ensure((await page.locator('tbody tr').count()) === 22, 'and what is left');

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

async function settle(page) {
  await page.goto(`/cases/${conflict}`);
  await page.locator('button.choice').first().click();
  await page.waitForURL(`**/cases/${conflict}`);
  ensure((await page.locator('button.choice').count()) === 0, 'the conflict is settled');
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
        ]) {
          await page.goto(address);
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
    if (javaScriptEnabled) {
      await announce(page);
      await keys(page);
      await settle(page);
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
