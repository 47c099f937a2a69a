import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const brief = 'backend=wasm&preset=tiny&training.steps=6&training.batchSize=2&training.evaluateEvery=3';
const long = { timeout: 120_000 };

async function accessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

test('an experiment is trained under several seeds: the one on screen counts, a reload loses nothing, and verdicts follow', async () => {
  const playground = await openPlayground(browser, brief);
  const { page, button } = playground;
  const luck = page.getByRole('button', { name: /^Is this luck/ });
  // With the keyboard alone, to the end of this test's first part.
  await luck.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Is this luck?' });
  const which = dialog.getByRole('textbox', { name: 'Which seeds' });
  expect(await which.inputValue()).toBe('1, 2, 3');
  for (const [typed, words] of [
    ['1, 2, 2', 'Seed 2 stands there more than once'],
    ['1, 2', 'These are too few seeds for a verdict'],
    ['1, 2, x', '“x” is no seed'],
  ]) {
    await which.fill(typed);
    await dialog.getByRole('alert').getByText(words).waitFor();
    expect(await dialog.getByRole('button', { name: /^Train/ }).count()).toBe(0);
  }
  await which.fill('1, 2, 3');
  await dialog.getByText(/^About .* while the run on screen rests/).waitFor();
  await dialog.getByRole('button', { name: 'Train 3 runs in the background' }).press('Enter');
  const states = dialog.getByRole('list', { name: 'The runs' });
  await states.getByText('Seed 1 trains').waitFor(long);
  await states.getByText('Seed 1 done').waitFor(long);
  await accessible(page);
  await page.reload();
  await playground.ready();
  await luck.click();
  // What is done stays; the rest goes on by itself.
  await states.getByText('Seed 1 done').waitFor(long);
  await states.getByText('Seed 3 done').waitFor(long);
  const verdicts = dialog.getByRole('table', { name: /^Which is better/ });
  const pair = verdicts.getByRole('row', { name: /^distilled against no teacher/ });
  expect(await pair.innerText()).toMatch(/(better|not better|can’t tell)\s+[+−]?\d/);
  await dialog.getByText(/^Paired t-test/).waitFor();
  const means = dialog.getByRole('table', { name: /^Held-out figures/ });
  expect(await means.getByRole('row', { name: /^distilled/ }).innerText()).toMatch(/\d to \d[\s\S]*n = 3/);
  await accessible(page);
  await page.keyboard.press('Escape');

  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByRole('heading', { name: 'Over 3 seeds (1, 2, 3)' }).waitFor();
  const losses = page.getByRole('region', { name: 'Losses' });
  await losses.getByText('Dotted: the mean of 3 seeds').waitFor();
  await expect.poll(() => losses.locator('[data-band="distilled"] path[d^="M"]').count()).toBeGreaterThan(0);

  // Also where the panel fills the screen, and the scoreboard isn't there.
  await button('Let Losses fill the screen').click();
  await page.getByText('Dotted: the mean of 3 seeds').waitFor();
  await expect.poll(() => page.locator('[data-band="distilled"] path[d^="M"]').count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');

  // A run of another experiment is none of these; the same one under a fourth seed, on screen, is.
  await luck.click();
  await which.fill('1, 2, 3, 4');
  await dialog.getByRole('button', { name: 'Train 1 run in the background' }).waitFor();
  await button('Delete these runs').click();
  await button('Delete for good?').click();
  await states.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await scoreboard.getByRole('heading', { name: /^Over 3 seeds/ }).waitFor({ state: 'detached' });
  await playground.play();
  await playground.reach(6);
  await luck.click();
  await states.getByText('Seed 1 done, on screen').waitFor(long);
  await dialog.getByText('From one seed nothing can be told').waitFor();
  expect(await pair.innerText()).toMatch(/can’t tell[\s\S]*can’t tell/);
  expect(playground.errors).toEqual([]);
});

test('what runs in the background rests while the run on screen plays, and can be stopped', async () => {
  const playground = await openPlayground(browser, brief.replace('steps=6', 'steps=3000'));
  const { page, button } = playground;
  await page.getByRole('button', { name: /^Is this luck/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Is this luck?' });
  await dialog.getByRole('button', { name: /^Train 3 runs/ }).click();
  const reached = dialog.getByText(/^Seed 1: step [\d,]+ of 3,000/);
  await reached.waitFor(long);
  await page.keyboard.press('Escape');
  await playground.play();
  await playground.reach(2);
  await page.getByRole('button', { name: /^Is this luck\? · 3 runs to go/ }).click();
  await dialog.getByText('It rests while the run on screen needs the machine').waitFor();
  // The update that was under way is told once more at most.
  await page.waitForTimeout(1000);
  const before = await reached.innerText();
  await page.waitForTimeout(1500);
  expect(await reached.innerText()).toBe(before);
  await dialog.getByRole('switch', { name: /^Go on beside/ }).click();
  await expect.poll(() => reached.innerText(), long).not.toBe(before);
  await button('Stop').click();
  await reached.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await playground.pause();
  expect(playground.errors).toEqual([]);
});

test('a sweep shows what was learned at each T, is kept, and is deleted', async () => {
  const playground = await openPlayground(browser, brief);
  const { page, button } = playground;
  const open = page.getByRole('button', { name: /^Learned at each T/ });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'What was learned at each T' });
  const temperatures = dialog.getByRole('textbox', { name: 'Temperatures' });
  expect(await temperatures.inputValue()).toBe('1, 2, 4, 8, 16');
  for (const [typed, words] of [
    ['1, 2, 1', 'T = 1 stands there more than once'],
    ['1, 40', '“40” is no temperature'],
    ['1 2 3 4 5 6 7', 'These are too many temperatures for one sweep'],
  ]) {
    await temperatures.fill(typed);
    await dialog.getByRole('alert').getByText(words).waitFor();
  }
  await temperatures.fill('1, 4');
  await dialog.getByText('2', { exact: true }).click();
  await button('Train the sweep').click();
  await dialog.getByText('Each dot is a seed.').waitFor(long);
  await dialog.getByText(/^In this run, of one seed, T = \d/).waitFor();
  await dialog.getByText('Each dot is one of 2 seeds').waitFor(long);
  await dialog.getByText('This sweep is done.').waitFor();
  const plots = dialog.getByRole('img', { name: /by the T that the student was trained at/ });
  expect(await plots.count()).toBe(3);
  expect(await plots.first().getAttribute('aria-label')).toMatch(
    /^KL to the teacher at T = 1, nats.*T = 1: \d.*T = 4: \d/,
  );
  const map = dialog.getByRole('table', { name: /^KL to the teacher by the T of training/ });
  expect(await map.getByRole('row').count()).toBe(3);
  const cells = await map
    .getByRole('row', { name: /^T = 4/ })
    .getByRole('cell')
    .allInnerTexts();
  const nats = cells.map((cell) => Number.parseFloat(cell));
  expect(nats).toHaveLength(6);
  // Softening brings both together: the farther to the right, the closer.
  expect([...nats].sort((a, b) => b - a)).toEqual(nats);
  await accessible(page);

  await page.reload();
  await playground.ready();
  await open.click();
  await dialog.getByText('Each dot is one of 2 seeds').waitFor(long);
  await page.keyboard.press('Escape');
  await button('Kept here').click();
  await page.getByText('Several seeds, and sweeps of T').waitFor();
  await page.keyboard.press('Escape');
  await open.click();
  await button('Delete this sweep').click();
  await button('Delete its 2 runs?').click();
  await dialog.getByText('Nothing is trained yet.').waitFor();
  expect(playground.errors).toEqual([]);
});
