import { type Browser, devices } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const small = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=2000';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const desktop = { viewport: { width: 1440, height: 900 } };
// Half faded in, the words of a tooltip or a dialog have too little contrast.
const still = { reducedMotion: 'reduce' } as const;
const windows = [
  ['desktop', 'light', desktop],
  ['desktop', 'dark', desktop],
  ['tablet', 'light', devices['iPad Mini']],
  ['phone', 'light', phone],
  ['phone', 'dark', phone],
] as const;

const sidewaysScroll = ({ page }: PlaygroundPage) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test.each(windows)(
  '%s, %s: axe-core finds nothing serious, nothing scrolls sideways',
  async (_, colorScheme, size) => {
    const playground = await openPlayground(browser, small, { context: { ...size, ...still, colorScheme } });
    await playground.steps(2);
    await playground.predictionsAt(2);
    expect(await violations(playground)).toEqual([]);
    expect(await sidewaysScroll(playground)).toBe(0);
    expect(playground.errors).toEqual([]);
    await playground.close();
  },
);

test('the softmax lab, the editors and a dialog: axe-core finds nothing serious', async () => {
  const playground = await openPlayground(browser, small, { context: still });
  const { page, button } = playground;
  await button('Softmax lab').click();
  await page.getByRole('heading', { name: 'Softmax lab' }).waitFor();
  expect(await violations(playground, '[data-panel="softmaxLab"]')).toEqual([]);
  const editor = 'h3:has(> button[aria-expanded="true"]) + section';
  for (const row of [/^Teacher/, /^Arms/, /^Student/, /^Objective/, /^Mapping/, /^Training/]) {
    await button(row).click();
    // Editors load with the first that opens.
    await page.locator(editor).waitFor();
    expect(await violations(playground, editor), String(row)).toEqual([]);
  }
  await button(/^Text/).click();
  await button('Use your own text…').click();
  await page.getByRole('dialog', { name: 'Your own text' }).waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await playground.close();
});

test('on a phone Predictions come right after the temperature, and the experiment is a drawer', async () => {
  const playground = await openPlayground(browser, small, { context: phone });
  const { page, button } = playground;
  const region = async (name: string) => page.getByRole('region', { name, exact: true }).elementHandle();
  const panels = { above: await region('Temperature'), below: await region('Losses') };
  // In one look: what arrives meanwhile moves everything.
  const [gap, rest] = await page
    .getByRole('region', { name: 'Predictions', exact: true })
    .evaluate((predictions, { above, below }) => {
      const [upper, own, lower] = [above, predictions, below].map((panel) => panel.getBoundingClientRect());
      return [own.top - upper.bottom, lower.top - own.top];
    }, panels);
  expect(gap).toBeGreaterThanOrEqual(0);
  expect(gap).toBeLessThan(40);
  expect(rest).toBeGreaterThan(0);
  expect(await page.getByRole('region', { name: 'Experiment' }).count()).toBe(0);

  await button('Experiment').click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('heading', { name: 'Experiment', exact: true }).waitFor();
  await drawer.getByRole('button', { name: /^Training/ }).click();
  const field = drawer.getByRole('textbox', { name: 'Steps' });
  await field.fill('40');
  // Before the first step there is nothing to lose: it is applied by itself.
  await expect.poll(playground.status).toBe('Step 0 of 40 · WASM');
  await drawer.getByRole('button', { name: 'Close', exact: true }).click();
  await drawer.waitFor({ state: 'hidden' });
  await playground.ready();
  await playground.steps(1);
  expect(await sidewaysScroll(playground)).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
