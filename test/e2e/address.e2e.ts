import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('what an address asks for in vain is named, and the page works', async () => {
  const query =
    'preset=tiny&backend=abacus&training.stpes=5&training.batchSize=many&training.steps=-3&training.sequenceLength=16';
  const playground = await openPlayground(browser, query);
  await playground.notice('“abacus” is not a possible value of backend and was left out.');
  await playground.notice('“training.stpes” is not a setting and was left out.');
  await playground.notice('“many” is not a possible value of training.batchSize and was left out.');
  await playground.notice('training.steps can’t be -3; the nearest possible value, 1, is used.');
  expect(await playground.status()).toBe('Step 0 of 1 · WASM');
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('an unknown preset is named, and another stands in for it', async () => {
  const query = 'preset=medium&training.batchSize=2&training.sequenceLength=16&training.steps=9';
  const playground = await openPlayground(browser, query);
  await playground.notice('There is no preset “medium”; “distilbert” is open instead.');
  await playground.steps(1);
  await playground.close();
});

test('parts that don’t fit together are named, and the preset stands in for them', async () => {
  const query = 'backend=wasm&preset=tiny&arms.0.student.hiddenSize=48&arms.0.student.intermediateSize=192';
  const playground = await openPlayground(browser, query);
  await playground.notice('The teacher’s weights do not fit the student');
  await playground.notice('“distilled” is 48 wide (192 in the feed-forward part, 4 heads), the teacher 32');
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a shared link opens the same experiment and sentence', async () => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=tiny&training.steps=77&training.batchSize=3',
  );
  const { page, button } = playground;
  await page.getByRole('textbox', { name: 'Sentence with one [MASK]' }).fill('The boat was in the [MASK].');
  await button('Share').click();
  const link = page.getByRole('textbox', { name: 'Link to this experiment' });
  await expect.poll(() => link.inputValue()).not.toBe('');
  const { search } = new URL(await link.inputValue());
  await playground.close();
  const opened = await openPlayground(browser, search.slice(1));
  expect(await opened.status()).toBe('Step 0 of 77 · WASM');
  expect(await opened.page.getByRole('textbox', { name: 'Sentence with one [MASK]' }).inputValue()).toBe(
    'The boat was in the [MASK].',
  );
  await opened.close();
});
