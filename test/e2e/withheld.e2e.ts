/** A word that never occurs in what the students learn from, on the built page. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('a word is refused where it can’t be withheld, else left out, asked for, and in the link', async () => {
  const playground = await openPlayground(browser, 'backend=wasm&preset=tiny&training.batchSize=2');
  const { page, button } = playground;
  const asked = () => new URL(page.url()).searchParams.get('text.without');
  const table = page.getByRole('table', { name: 'which no student trained on' });
  await button(/^Text/).click();
  const field = page.getByRole('textbox', { name: 'A word to withhold' });
  const write = async (word: string) => {
    await field.fill(word);
    await field.press('Enter');
  };
  await write('two words');
  await page.getByText('“two words” can’t be withheld').waitFor();
  await write('the');
  await page.getByText('Without “the” too little is left').waitFor();
  expect([asked(), await table.count()]).toEqual([null, 0]);

  await write('Day');
  await page.getByText(/“day” is withheld: \d+ sequences with it are left out\./).waitFor();
  await expect.poll(asked).toBe('day');
  const cells = async () => (await table.getByRole('row').allInnerTexts()).slice(1);
  await expect.poll(async () => (await cells()).every((row) => /%/.test(row))).toBe(true);
  expect(await cells()).toHaveLength(3);
  await page.getByText(/\d+ places: \d+ in held-out text, the others/).waitFor();

  await write('');
  await expect.poll(asked).toBe(null);
  await expect.poll(() => table.count()).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a link with a word that can’t be withheld says so', async () => {
  const playground = await openPlayground(browser, 'backend=wasm&preset=tiny&text.without=the', {
    wait: false,
  });
  await playground.page.getByText('Without “the” too little is left').first().waitFor();
  await playground.close();
});
