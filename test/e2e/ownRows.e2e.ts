import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

/** A link to an experiment on rows that are in another browser: the page asks for them. */
const asked =
  'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20&arms.0.weights.ce=0&arms.0.weights.cos=0' +
  '&text.kind=rows&text.id=0123456789abcdef&text.labels=2';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const openDialog = async (page: Page) => {
  await page.getByRole('button', { name: 'Add the rows…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own rows' });
  await dialog.waitFor();
  return dialog;
};
const choose = (page: Page, name: string, content: string | Buffer) =>
  page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const mails = `kind,mail\n${lines(60, (i) => `${['spam', 'ham', 'ham'][i % 3]},"mail ${i}, about ${i} things"`)}`;

test('rows are shown as they are understood, corrected at once, and taken', async () => {
  const playground = await openPlayground(browser, asked, { wait: false });
  const { page } = playground;
  await page.getByRole('alert').getByText('The rows are not in this browser').waitFor();
  const dialog = await openDialog(page);
  await choose(page, 'mails.csv', `${mails}\nspam,\n,"no label here"\nonce,"alone with its label"`);

  await dialog.getByRole('heading', { name: 'mails.csv' }).waitFor();
  await dialog.getByText('63 rows in UTF-8').waitFor();
  const select = (name: string) => dialog.getByRole('combobox', { name, exact: true });
  const chosen = (name: string) => select(name).locator('option:checked').innerText();
  expect(await chosen('Columns are parted by')).toBe('Commas (CSV)');
  expect(await chosen('Label')).toMatch(/^kind/);
  expect(await chosen('Text')).toBe('mail');
  expect(await chosen('Second text')).toBe('none');
  const header = dialog.getByRole('checkbox', { name: 'The first line names the columns' });
  expect(await header.isChecked()).toBe(true);
  expect(await dialog.getByRole('row').nth(1).innerText()).toMatch(/spam\s+mail 0, about 0 things/);
  const labels = dialog.getByRole('region', { name: '2 labels' });
  expect(await labels.getByRole('listitem').allInnerTexts()).toEqual(
    [/^ham\s+40$/, /^spam\s+20$/].map((words) => expect.stringMatching(words)),
  );
  const result = dialog.getByRole('region', { name: 'What it gives' });
  for (const words of [
    '1 row without text',
    '1 row without a label',
    '1 row that is the only one of its label',
  ]) {
    await result.getByText(words).waitFor();
  }

  // What is no label gets a word where it is, and can be taken back.
  const use = dialog.getByRole('button', { name: 'Use these rows' });
  await select('Label').selectOption('1');
  await dialog.getByRole('alert').getByText('There are too few rows').waitFor();
  expect(await use.isDisabled()).toBe(true);
  // The two have changed places.
  expect(await chosen('Text')).toBe('kind');
  await select('Label').selectOption('0');
  await use.and(page.locator(':enabled')).waitFor();
  expect(await dialog.getByRole('alert').count()).toBe(0);
  await header.uncheck();
  await dialog.getByText('64 rows in UTF-8').waitFor();
  await dialog.getByText('2 rows that are the only ones of their labels').waitFor();
  await header.check();
  await use.and(page.locator(':enabled')).click();
  await dialog.waitFor({ state: 'hidden' });
  // It is the experiment's, under a key of its own.
  await expect.poll(() => new URL(page.url()).searchParams.get('text.id')).not.toBe('0123456789abcdef');
  await playground.close();
});

test('what can’t be used gets a word, and what helps is there', async () => {
  const playground = await openPlayground(browser, asked, { wait: false });
  const { page } = playground;
  const dialog = await openDialog(page);
  const said = dialog.getByRole('alert');
  const row = (label: unknown, i: number) => `${label}\tthe text of row ${i}`;
  const refused: [file: string | Buffer, words: string][] = [
    ['', 'There are no rows in it'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]), 'This is not plain text'],
    [Buffer.alloc(32 * 1024 * 1024 + 1, 'a '), 'The file is too large'],
  ];
  for (const [file, words] of refused) {
    await choose(page, 'mine.csv', file);
    await said.getByText(words).waitFor();
  }
  const shown: [file: string, words: string][] = [
    [lines(30, (i) => row('good', i)), 'There is only one label'],
    [lines(130, (i) => row(`l${i % 65}`, i)), 'There are too many labels'],
    [
      lines(40, (i) => (i % 3 ? row(i % 2, i) : `${row(i % 2, i)}\tmore`)),
      'The lines have different numbers',
    ],
    [lines(40, (i) => `a line of text, number ${i}`.replaceAll(',', ' ')), 'No columns were found'],
    [mails.replace('mail 9, about 9 things"', 'mail 9, about 9 things'), 'A quote is broken'],
  ];
  for (const [file, words] of shown) {
    await choose(page, 'mine.csv', file);
    await said.getByText(words).waitFor();
    expect(await dialog.getByRole('button', { name: 'Use these rows' }).isDisabled()).toBe(true);
    if (words !== 'A quote is broken') await dialog.getByRole('button', { name: 'Another file' }).click();
  }
  await dialog.getByRole('checkbox', { name: 'Double quotes stand around texts' }).uncheck();
  await dialog.getByRole('region', { name: 'The first rows', exact: true }).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('with the keyboard alone, and for axe-core', async () => {
  const context = { reducedMotion: 'reduce' } as const;
  const playground = await openPlayground(browser, asked, { wait: false, context });
  const { page } = playground;
  const opener = page.getByRole('button', { name: 'Add the rows…' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your own rows' });
  await dialog.getByRole('textbox', { name: 'Rows' }).focus();
  await page.keyboard.insertText(mails);
  const serious = async () => {
    const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  };
  expect(await serious()).toEqual([]);
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).innerText);
  for (let i = 0; i < 4 && (await focused()) !== 'Look at these rows'; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'My rows' }).waitFor();
  expect(await serious()).toEqual([]);
  // One reads on from the name, and comes by every choice.
  expect(await focused()).toBe('My rows');
  const reached: string[] = [];
  for (let i = 0; i < 12 && reached.at(-1) !== 'Use these rows'; i++) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement;
        return element.getAttribute('aria-label') ?? element.labels?.[0]?.innerText ?? element.innerText;
      }),
    );
  }
  expect(reached).toEqual([
    ...['Columns are parted by', 'Label', 'Text', 'Second text'],
    ...['The first line names the columns', 'Double quotes stand around texts'],
    ...['The first rows of the file', 'Labels and their rows', 'Use these rows'],
  ]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused()).toBe('Add the rows…');
  await playground.close();
});
