import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const small = 'backend=wasm&training.batchSize=2&training.sequenceLength=16';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 } };
const desktop = { viewport: { width: 1440, height: 900 } };

test('there is no verdict before anything was learned, and one with its doubt afterwards', async () => {
  const playground = await openPlayground(
    browser,
    `${small}&preset=tiny&training.steps=400&training.evaluateEvery=3`,
  );
  const { page } = playground;
  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByText(/A sample of the held-out text: \d+ masked words, at step 0\./).waitFor();
  await scoreboard.getByText('The verdict comes with the first held-out evaluation after step 0.').waitFor();
  expect(await scoreboard.getByText(/keeps/).count()).toBe(0);
  await playground.steps(3);
  await scoreboard.getByRole('heading', { name: 'In this run, at step 3, against the teacher' }).waitFor();
  await scoreboard.getByText(/smaller, .*keeps about \d+\s% \(±\s\d+\) of the words right/).waitFor();
  await scoreboard.getByText(/its twin .*: KL to the teacher .* nats/).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('nothing below the losses moves while a run goes on and its captions grow', async () => {
  const playground = await openPlayground(
    browser,
    `${small}&preset=tiny&training.steps=2000&training.evaluateEvery=50`,
    { context: { ...desktop, ...still } },
  );
  const { page, reach } = playground;
  const heights = () =>
    page.evaluate(() =>
      ['losses', 'attention'].map((name) => {
        const panel = document.querySelector(`[data-panel="${name}"]`);
        const parts = [...(panel?.querySelectorAll('h2, h3, table, svg, canvas') ?? [])];
        return parts.map((part) => Math.round(part.getBoundingClientRect().top + window.scrollY)).slice(0, 8);
      }),
    );
  await playground.play();
  await reach(20);
  const before = await heights();
  // From 301 steps on the chart draws means, which its caption says.
  await reach(320);
  await page.getByText('the chart draws the mean of every 2 entries').first().waitFor();
  expect(await heights()).toEqual(before);
  await playground.close();
});

test('attention says that nothing pulls it, and leads to the preset where something does', async () => {
  const playground = await openPlayground(browser, `${small}&preset=tiny`);
  const { page, button } = playground;
  const attention = page.getByRole('region', { name: 'Attention' });
  await attention.getByText(/No loss here compares attention/).waitFor();
  await button('Open the preset where it falls').click();
  await attention.getByText(/Lattn is part of this student’s objective/).waitFor();
  await attention.getByRole('combobox', { name: 'Student' }).selectOption({ index: 1 });
  await attention.getByText(/No loss of this student’s compares attention/).waitFor();
  await attention.getByRole('button', { name: /^Show .*, which has it$/ }).click();
  await attention.getByText(/Lattn is part of this student’s objective/).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('the figures of five students and their teacher fit the scoreboard, on a desktop and on a phone', async () => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=ablation&training.batchSize=64&training.sequenceLength=16',
    { context: { ...desktop, ...still } },
  );
  const { page } = playground;
  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByText(/masked words, at step 0/).waitFor();
  await playground.button('Measure').click();
  // All of the text through six models, and then their times.
  await expect
    .poll(() => scoreboard.getByText('not measured yet').count(), { timeout: 120_000, interval: 500 })
    .toBe(0);
  await scoreboard.getByText(/All of the held-out text/).waitFor();
  for (const viewport of [desktop.viewport, phone.viewport]) {
    await page.setViewportSize(viewport);
    const [rows, outside] = await scoreboard.evaluate((panel) => {
      const { right } = panel.getBoundingClientRect();
      const cells = [...panel.querySelectorAll('th, td')];
      const cut = cells.filter((cell) => cell.getBoundingClientRect().right > right - 8);
      return [panel.querySelectorAll('tbody tr').length, cut.map((cell) => cell.textContent)];
    });
    // Six of quality; teacher and one shape of students of cost.
    expect(rows).toBe(8);
    expect(outside).toEqual([]);
  }
  await playground.close();
});

test('a sweep shows T against what came of it, and the losses one at a time', async () => {
  const playground = await openPlayground(
    browser,
    `${small}&preset=temperature&training.steps=400&training.evaluateEvery=2`,
  );
  const { page } = playground;
  const losses = page.getByRole('region', { name: 'Losses', exact: true });
  await losses.getByText('The first held-out evaluation after step 0 puts a point here').waitFor();
  const pressed = await losses.locator('button[aria-pressed="true"]').allInnerTexts();
  expect(pressed.filter((text) => /^\s*L/.test(text)).map((text) => text.trim())).toEqual(['Lmlm']);
  await playground.steps(2);
  await losses
    .getByRole('img', { name: /KL to the teacher at T = 1, nats\. T = 1: [\d.]+, T = 2: [\d.]+, T = 4/ })
    .waitFor();
  await losses.getByText(/In this run T = \d comes closest to the teacher/).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});
