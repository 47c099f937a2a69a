import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, pretendCores } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const small = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=400';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('Play trains and draws, Pause rests, Step adds one, Reset goes back to step 0', async () => {
  // More steps than any machine does meanwhile.
  const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000';
  const playground = await openPlayground(browser, long);
  const { page, button, status, step, reach } = playground;
  expect(await status()).toBe('Step 0 of 20000 · WASM');
  expect(await button('Reset').isEnabled()).toBe(false);

  await playground.play();
  await reach(5);
  await expect.poll(status).toMatch(/^Step \d+ of 20000 · [\d.,]+ steps?\/s · WASM$/);
  const lossCurves = page
    .getByRole('region', { name: 'Losses' })
    .locator('svg path[stroke-linejoin="round"]');
  const curves = () =>
    lossCurves.evaluateAll(
      (paths) => paths.filter((path) => (path.getAttribute('d')?.length ?? 0) > 20).length,
    );
  // Two arms: three terms, and one; each curve smoothed and raw.
  await expect.poll(curves).toBe(8);

  const rested = await playground.pause();
  await page.waitForTimeout(700);
  // What rests has no rate.
  expect(await status()).toBe(`Step ${rested} of 20000 · WASM`);

  await playground.steps(1);
  await page.waitForTimeout(700);
  expect(await step()).toBe(rested + 1);

  await button('Reset').click();
  await expect.poll(status).toBe('Step 0 of 20000 · WASM');
  await playground.ready();
  await expect.poll(curves).toBe(0);
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a run ends by itself, evaluates all of the held-out text and measures the models', async () => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=tiny&training.batchSize=16&training.steps=6',
  );
  const { page, button, status } = playground;
  await playground.play();
  await expect.poll(status, { timeout: 60_000 }).toBe('Step 6 of 6 · finished · WASM');
  expect(await button('Play').isEnabled()).toBe(false);
  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByText(/\d+\s%\ssmaller, .*keeps\s\d+\s%/).waitFor();
  await expect.poll(() => scoreboard.getByText('not measured yet').count(), { timeout: 60_000 }).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('the same seed gives the same figures again', async () => {
  const playground = await openPlayground(browser, small);
  const figures = playground.page.getByRole('table', { name: 'Figures by model' });
  const after = async (steps: number) => {
    await playground.steps(steps);
    await playground.predictionsAt(steps);
    return figures.innerText();
  };
  const first = await after(3);
  await playground.button('Reset').click();
  await playground.predictionsAt(0);
  await playground.ready();
  expect(await figures.innerText()).not.toBe(first);
  expect(await after(3)).toBe(first);
  await playground.close();
});

// The bundler once left out what tfjs's threads start from, and the page died on every machine with four cores or more.
test('WASM runs with threads where there are cores for them, one left to the page', async () => {
  const playground = await openPlayground(browser, small, { prepare: (page) => pretendCores(page, 8) });
  await playground.steps(2);
  await playground.button('WASM').click();
  await playground.page.getByText('It computes on 7 threads.').waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});
