import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=2000';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const parameter = ({ page }: PlaygroundPage, name: string) => new URL(page.url()).searchParams.get(name);
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
  expect(parameter(playground, 'arms.0.temperature')).toBe('4');

  await press(playground, 'ArrowLeft', 20);
  await page.getByText('probability at T = 2.0').waitFor();
  expect(await bars(playground)).toBe(before);
  expect(parameter(playground, 'arms.0.temperature')).toBe(null);
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
  await expect.poll(() => Number(parameter(playground, 'arms.0.temperature'))).toBeGreaterThan(2.5);
  await reach(atChange + 3);

  await button(/^Objective/).click();
  await page.getByRole('textbox', { name: 'Weight of L_cos' }).fill('0');
  await expect.poll(() => parameter(playground, 'arms.0.objective.cos')).toBe('0');
  await button(/^Training/).click();
  await page.getByRole('textbox', { name: /^Learning rate/ }).fill('0');
  await expect.poll(() => parameter(playground, 'training.learningRate')).toBe('0');

  // At a learning rate of 0 nothing is learned any more, whatever the steps. The rate is on its way for a moment, and
  // the figures come twice a second: the second ones from now on were taken without learning.
  const figures = page.getByRole('table', { name: 'Figures by model' });
  const figuresBeyond = (step: number) =>
    expect.poll(playground.stepOfPredictions, { timeout: 30_000 }).toBeGreaterThanOrEqual(step);
  for (let fresh = 0; fresh < 2; fresh++) await figuresBeyond((await step()) + 1);
  const [still, at] = [await figures.innerText(), await playground.stepOfPredictions()];
  await figuresBeyond(at + 4);
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
  expect(parameter(playground, 'training.steps')).toBe('30');
  await playground.ready();
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
