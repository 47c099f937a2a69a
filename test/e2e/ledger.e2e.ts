/** The gradient ledger in the built page: which loss pulls how hard where, whether they pull together, and what it costs. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const small = 'backend=wasm&preset=tiny&training.batchSize=2&training.steps=2000';

test('from the curves: off at first, then shares, cosines and their course, in a part that is chosen by keys', async () => {
  const playground = await openPlayground(browser, small, {
    context: { ...still, viewport: { width: 1280, height: 720 } },
  });
  const { page, button } = playground;
  await button('Which loss pulls where?').click();
  const dialog = page.getByRole('dialog', { name: 'Gradient ledger' });
  await dialog.getByText('Switched on, it looks at once', { exact: false }).waitFor();
  expect(await dialog.getByRole('table').count()).toBe(0);

  // By keys alone: what is chosen while it is off holds once it is on.
  const keep = dialog.getByRole('switch', { name: 'Keep the ledger' });
  await dialog.getByLabel('Look every').selectOption('1');
  await dialog.getByLabel('At most').selectOption('0.25');
  await keep.focus();
  await page.keyboard.press('Space');
  await dialog.getByText(/^Looked at step 0, which took/).waitFor();
  const row = (part: string) =>
    dialog.getByRole('row').filter({ has: page.getByRole('button', { name: part, exact: true }) });
  const percents = async (part: string) =>
    (await row(part).getByRole('cell').allInnerTexts()).flatMap((text) =>
      /^(\d+)\s%$/.test(text) ? [Number.parseInt(text, 10)] : [],
    );
  for (const part of ['whole student', 'embeddings', 'layer 1', 'layer 2', 'head']) {
    const shares = (await percents(part)).slice(0, -1);
    // Rounded one by one.
    expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 100), part).toBeLessThanOrEqual(2);
  }
  // The loss that compares hidden states asks nothing of the head.
  expect(await row('head').getByRole('cell', { name: '–' }).count()).toBe(1);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  // Steps and play go on beside it.
  await dialog.getByRole('button', { name: 'Play' }).click();
  await expect
    .poll(() => dialog.getByText(/^Looked at step [1-9]/).count(), { timeout: 90_000 })
    .toBeGreaterThan(0);
  await dialog.getByText(/\d\s% of the run’s time/).waitFor({ timeout: 90_000 });
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByRole('button', { name: 'Play' }).waitFor();

  await row('layer 2').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('heading', { name: 'Do they pull together? layer 2' }).waitFor();
  await dialog.getByText(/^In layer 2 /).waitFor();
  const matrix = dialog.getByRole('table').nth(1);
  expect(await matrix.getByText(/^(together|right angles|against)$/).count()).toBe(6);
  await dialog.getByText('cosines', { exact: true }).click();
  const chart = dialog.getByRole('img', { name: /^Cosines over time: layer 2/ });
  expect(await chart.getAttribute('aria-label')).toMatch(/L ce × L mlm: −?\d\.\d\d at step 0/);

  // The numbers of the first figure, in a file.
  await dialog.getByRole('button', { name: 'Save this figure: How hard each loss pulls' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Numbers (CSV)' }).click(),
  ]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  expect(lines[0]).toMatch(/part,loss,gradient norm,share,norm of the sum,left$/);
  expect(lines.filter((line) => line.startsWith('layer 2,'))).toHaveLength(3);

  // Closed dialog, kept ledger: the page says so.
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await button('Which loss pulls where? The ledger is kept').click();
  await keep.click();
  await dialog.getByText('It is off now', { exact: false }).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('from the weights on a phone, dark: a student of one loss has nothing to tell apart, nothing scrolls sideways', async () => {
  const playground = await openPlayground(browser, small, {
    context: { ...phone, ...still, colorScheme: 'dark' },
  });
  const { page, button } = playground;
  await button('Experiment').click();
  const drawer = page.getByRole('dialog', { name: 'Experiment' });
  await drawer.getByRole('button', { name: /^Objective/ }).click();
  await drawer.getByRole('button', { name: 'Which loss pulls where?' }).click();
  const dialog = page.getByRole('dialog', { name: 'Gradient ledger' });
  await dialog.getByRole('switch', { name: 'Keep the ledger' }).click();
  await dialog.getByText(/^Looked at step 0/).waitFor();
  await dialog.getByRole('heading', { name: 'Do they pull together? whole student' }).waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await dialog.getByLabel('Arm').selectOption({ label: 'no teacher' });
  await dialog.getByText(/^This student learns by one loss, L_?mlm/).waitFor();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
