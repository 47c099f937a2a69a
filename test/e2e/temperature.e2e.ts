import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

// Without a warm-up, so that few steps change the figures.
const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000&training.warmup=0';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

// Asked of the page itself: Playwright hears of a changed address later.
const parameter = ({ page }: PlaygroundPage, name: string) =>
  page.evaluate((name) => new URL(location.href).searchParams.get(name), name);
const bars = ({ page }: PlaygroundPage) =>
  page.getByRole('list', { name: 'Probabilities of the tokens shown, by model' }).innerText();
const press = async ({ page }: PlaygroundPage, key: string, times: number) => {
  for (let left = times; left > 0; left--) await page.keyboard.press(key);
};

test('the temperature moves by keyboard: on screen, in the bars and in the address', async () => {
  const playground = await openPlayground(browser, long);
  const { page } = playground;
  const slider = page.getByRole('slider', { name: 'Temperature' });
  await playground.predictionsAt(0);
  const before = await bars(playground);
  await slider.focus();
  await press(playground, 'ArrowRight', 20);
  await page.getByRole('heading', { name: 'Temperature T = 4.0' }).waitFor();
  expect(await slider.getAttribute('aria-valuetext')).toBe('T = 4.0');
  await page.getByText('probability at T = 4.0').waitFor();
  expect(await bars(playground)).not.toBe(before);
  expect(await parameter(playground, 'arms.0.temperature')).toBe('4');

  await press(playground, 'ArrowLeft', 20);
  await page.getByText('probability at T = 2.0').waitFor();
  expect(await bars(playground)).toBe(before);
  expect(await parameter(playground, 'arms.0.temperature')).toBe(null);
  await playground.close();
});

test('temperature, weights and learning rate act while training, without a restart', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button, step, reach } = playground;
  await playground.play();
  await reach(5);
  const slider = page.getByRole('slider', { name: 'Temperature' });
  await slider.focus();
  const atChange = await step();
  await press(playground, 'ArrowRight', 8);
  expect(Number(await parameter(playground, 'arms.0.temperature'))).toBeGreaterThan(2.5);
  await reach(atChange + 3);

  await button(/^Objective/).click();
  await page.getByRole('textbox', { name: 'Weight of L cos' }).fill('0');
  expect(await parameter(playground, 'arms.0.objective.cos')).toBe('0');
  await button(/^Training/).click();
  await page.getByRole('textbox', { name: /^Learning rate/ }).fill('0');
  expect(await parameter(playground, 'training.learningRate')).toBe('0');

  // At a learning rate of 0 nothing is learned any more, whatever the steps. The rate is on its way for a moment; what
  // the worker is asked after it comes after it: the first figures of another sentence were taken without learning.
  await page.getByRole('textbox', { name: 'Sentence with one [MASK]' }).fill('The boat was in the [MASK].');
  const figures = page.getByRole('table', { name: 'Figures by model' });
  const at = await playground.stepOfPredictions();
  const still = await figures.innerText();
  await expect.poll(playground.stepOfPredictions).toBeGreaterThanOrEqual(at + 6);
  expect(await figures.innerText()).toBe(still);

  expect(await page.getByText('starts again from step 0').count()).toBe(0);
  expect(await playground.pause()).toBeGreaterThan(atChange + 8);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a change of structure waits to be applied, then starts again from step 0 and says so', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button, status, step } = playground;
  await playground.steps(2);
  await button(/^Training/).click();
  await page.getByRole('textbox', { name: 'Steps' }).fill('30');
  await page.getByText('Applying restarts the run from step 0.').waitFor();
  expect(await step()).toBe(2);
  await button('Apply').click();
  await playground.notice('The experiment has changed: the run starts again from step 0.');
  await expect.poll(status).toBe('Step 0 of 30 · WASM');
  expect(await parameter(playground, 'training.steps')).toBe('30');
  await playground.ready();
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
