/** The menu of presets and the objective's editor on the built page, as people use them. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=2&training.sequenceLength=16';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('the menu of presets is read by its questions, and found in by typing', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button } = playground;
  await button(/^Preset/).click();
  const menu = page.getByRole('menu');
  await menu.getByRole('group', { name: 'Should T move?' }).waitFor();
  expect(await menu.getByRole('menuitem').count()).toBeGreaterThanOrEqual(22);
  // Every entry within reach: nothing beside the screen, and what is below it scrolls.
  const { beside, ends } = await menu.evaluate((node) => ({
    beside: node.scrollWidth - node.clientWidth,
    ends: node.getBoundingClientRect().bottom <= innerHeight,
  }));
  expect([beside, ends]).toEqual([0, true]);
  await page.keyboard.type('pat');
  await page.keyboard.press('Enter');
  await page.getByText('Does the state of [CLS] teach more?', { exact: false }).first().waitFor();
  await expect.poll(() => new URL(page.url()).searchParams.get('preset')).toBe('pkd');
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('on a phone the menu fits the screen and scrolls down to the last preset', async () => {
  const playground = await openPlayground(browser, tiny, { context: phone });
  const { page, button } = playground;
  await button(/^Preset/).click();
  const menu = page.getByRole('menu');
  await menu.getByRole('menuitem').last().scrollIntoViewIfNeeded();
  expect(await menu.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  await menu.getByRole('menuitem', { name: /Theseus/ }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('preset')).toBe('theseus');
  await playground.close();
});

test('a weight of 0 keeps its row while it is written; losses come and go', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button } = playground;
  const weight = (term: string) => page.getByRole('textbox', { name: `Weight of ${term}` });
  await button(/^Objective/).click();
  await weight('L cos').fill('0');
  expect(await weight('L cos').count()).toBe(1);
  await weight('L cos').fill('0.5');
  expect(await weight('L cos').inputValue()).toBe('0.5');
  await weight('L cos').fill('0');
  await weight('L ce').focus();
  await expect.poll(() => weight('L cos').count()).toBe(0);

  await button('Remove L mlm').click();
  await expect.poll(() => weight('L mlm').count()).toBe(0);
  await button('Add a loss').click();
  await page.getByRole('menuitem', { name: /^L ?mlm/ }).click();
  expect(await weight('L mlm').inputValue()).toBe('2');
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('what a pair of models can’t have says why, and what would fit', async () => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=minilmv2&training.batchSize=2&training.sequenceLength=8',
  );
  const { page, button } = playground;
  await button(/^Objective/).click();
  await page.getByRole('region', { name: 'Objective', exact: true }).locator('math').last().waitFor();
  await button('Add a loss').click();
  const item = (symbol: string) => page.getByRole('menuitem', { name: new RegExp(`^${symbol}`) });
  expect(await item('Lcos').isDisabled()).toBe(true);
  expect(await item('Lcos').innerText()).toContain('the student is 64 wide, the teacher 128');
  expect(await item('Lattn').innerText()).toContain('means over heads');
  await item('Lattn').click();
  await page.getByRole('textbox', { name: 'Weight of L attn' }).waitFor();
  await expect.poll(() => page.getByRole('combobox', { name: /^Heads/ }).inputValue()).toBe('mean');
  await playground.close();
});
