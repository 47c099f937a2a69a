import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const small = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** Name of the element that has the focus, and whether one can see that it has. */
const focused = ({ page }: PlaygroundPage) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: '', visible: false };
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const drawn = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
    const { top, left, width } = element.getBoundingClientRect();
    return { name, visible: drawn && width > 0 && top >= 0 && left >= 0 };
  });

/** Presses Tab until the element of this name has the focus; every one on the way must show it. */
async function tabTo(playground: PlaygroundPage, name: string | RegExp) {
  const passed: string[] = [];
  for (let tries = 0; tries < 60; tries++) {
    await playground.page.keyboard.press('Tab');
    // Effects that fade in need a moment before they can be seen.
    await expect.poll(() => focused(playground)).toMatchObject({ visible: true });
    const { name: present } = await focused(playground);
    passed.push(present);
    if (typeof name === 'string' ? present === name : name.test(present)) return passed;
  }
  throw new Error(`Tab never came to ${name}: ${passed.join(', ')}`);
}

test('from the first Tab to a run that plays and pauses', async () => {
  const playground = await openPlayground(browser, small);
  const { page, button, reach } = playground;
  await page.keyboard.press('Tab');
  expect(await focused(playground)).toEqual({ name: 'Skip to the experiment', visible: true });
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('panels');

  // Not a reload, which keeps the place that the link led to.
  await page.goto(page.url().replace(/#.*/, ''));
  await playground.ready();
  const passed = await tabTo(playground, 'Play');
  expect(passed[0]).toBe('Skip to the experiment');
  await page.keyboard.press('Space');
  await button('Pause').waitFor();
  await reach(2);
  expect((await focused(playground)).name).toBe('Pause');
  await page.keyboard.press('Space');
  await button('Play').waitFor();

  // Away from buttons and fields, Space means the same.
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await button('Pause').waitFor();
  await page.keyboard.press('Space');
  await button('Play').waitFor();
  const at = await playground.step();
  await page.keyboard.press('s');
  await expect.poll(playground.step).toBe(at + 1);

  // While it plays, a single step ends that, as the button's does.
  await page.keyboard.press('Space');
  await reach(at + 3);
  await page.keyboard.press('.');
  await button('Play').waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('the temperature, an editor of the experiment and its dialog are reached and left by keyboard', async () => {
  const playground = await openPlayground(browser, small);
  const { page, button } = playground;
  await tabTo(playground, 'View at T');
  await page.keyboard.press('ArrowRight');
  await page.getByText('probability at T = 2.1').waitFor();

  await tabTo(playground, /^Text/);
  await page.keyboard.press('Enter');
  // Editors load with the first that opens.
  await expect.poll(() => button(/^Text/).getAttribute('aria-expanded')).toBe('true');
  await tabTo(playground, 'Use your own text…');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Your own text' });
  await dialog.waitFor();
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(async () => (await focused(playground)).name).toBe('Use your own text…');

  await page.keyboard.press('Escape');
  await expect.poll(() => button(/^Text/).getAttribute('aria-expanded')).toBe('false');
  expect((await focused(playground)).name).toMatch(/^Text/);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a panel fills the screen and is left with Escape', async () => {
  const playground = await openPlayground(browser, small);
  const { page, button } = playground;
  const enlarge = button('Let Losses fill the screen');
  await enlarge.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Predictions' }).waitFor({ state: 'hidden' });
  await button('Play').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Predictions' }).waitFor();
  expect((await focused(playground)).name).toBe('Let Losses fill the screen');
  await playground.close();
});
