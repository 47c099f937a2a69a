/** The scoreboard's closer looks: whether probabilities can be believed, where parameters and time go, text seen. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=30';
/** Never done before it is left. */
const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000';
const believe = 'Can one believe its probabilities?';
const costs = 'Where do the parameters sit, and why is a smaller model hardly faster?';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

async function hasNoFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}

const percent = (text: string) => Number(text.replace(/[^\d.]/g, ''));

test('calibration rests the run, says the same of each model in words, dots and figures, and can be left', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button } = playground;
  await playground.play();
  await playground.reach(5);
  // By the keyboard alone.
  await button(believe).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: believe });
  const table = dialog.getByRole('table').first();
  await table.getByRole('row', { name: /^teacher/ }).waitFor({ timeout: 60_000 });
  await button('Play').waitFor();
  for (const model of ['teacher', 'distilled', 'no teacher']) {
    const cells = await table
      .getByRole('row', { name: new RegExp(`^${model}`) })
      .getByRole('cell')
      .allInnerTexts();
    const [says, right, error, byChance, T, best] = cells.map(percent);
    for (const share of [says, right, error, byChance, best]) expect(share).toBeLessThanOrEqual(100);
    expect(error).toBeGreaterThanOrEqual(Math.abs(says - right) - 0.11);
    expect(T).toBeGreaterThan(0.12);
    const card = dialog
      .locator('section', { has: page.getByRole('heading', { name: model, exact: true }) })
      .last();
    expect(await card.innerText()).toContain(`Says ${cells[0]} on average and is right in ${cells[1]}`);
    const dots = await card.getByRole('img').getAttribute('aria-label');
    const counted = [...dots!.matchAll(/right of ([\d,]+)/g)].map(([, count]) =>
      Number(count.replace(',', '')),
    );
    const source = await dialog.getByText(/^Measured at step/).innerText();
    const places = /the ([\d,]+)\s*others/.exec(source)![1];
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(Number(places.replace(',', '')));
  }
  await hasNoFaults(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(believe);

  // Left before the answer is there, it is not waited for.
  await button(believe).click();
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await playground.play();
  const before = await playground.step();
  await playground.reach(before + 2);
  expect(playground.errors).toEqual([]);
});

test('parts add up to each model, and times are measured when asked for, and can be stopped', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button } = playground;
  await button(costs).click();
  const dialog = page.getByRole('dialog', { name: 'Where the parameters and the time go' });
  await dialog.getByText(/of this student is its word table/).waitFor();
  await dialog.getByText('The parts in figures').click();
  const rows = await dialog.getByRole('table').getByRole('row').all();
  const figures = await Promise.all(
    rows
      .slice(1)
      .map(async (row) =>
        (await row.getByRole('cell').allInnerTexts()).map((text) => Number(text.replace(/[^\d]/g, ''))),
      ),
  );
  const total = figures.pop()!;
  for (const [model, sum] of total.entries()) {
    expect(figures.reduce((all, row) => all + row[model], 0)).toBe(sum);
  }
  expect(total[0]).toBeGreaterThan(total[1]);
  const label = await dialog
    .getByRole('img', { name: /parameters/ })
    .first()
    .getAttribute('aria-label');
  expect(label).toContain(`${total[0].toLocaleString('en')} parameters`);

  await button('Measure how the time grows').click();
  await button('Stop').click();
  await button('Measure how the time grows').click();
  await dialog.getByRole('heading', { name: 'Time by length' }).waitFor({ timeout: 90_000 });
  await dialog.getByText('The times in figures').click();
  const times = dialog.getByRole('table').last();
  // Two shapes at six batch sizes and three other lengths, one of which is 8 sentences of the run's own.
  expect(await times.getByRole('row').count()).toBeGreaterThanOrEqual(1 + 2 * 4);
  await dialog.getByText(/of the teacher’s multiplications/).waitFor();
  await hasNoFaults(page);
  expect(playground.errors).toEqual([]);
});

test('the text that was seen is counted as the run goes on', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page } = playground;
  await playground.steps(3);
  await page.getByText('Text seen by step 3: 12 sequences, about').waitFor();
  await playground.steps(2);
  await page.getByText('Text seen by step 5: 20 sequences, about').waitFor();
  expect(playground.errors).toEqual([]);
});
