/** Formulas on the built page: MathML under its policy, explained where it stands, within a phone's width. */
import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const query = 'backend=wasm&preset=tiny&training.batchSize=2&training.sequenceLength=16';
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const chunk = '**/assets/FormulaMath-*.js';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** Opens the dialog and every line of it. */
async function openComputed(page: Page) {
  await page.getByRole('button', { name: 'What is exactly computed?' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'What is exactly computed' });
  await dialog.locator('summary').first().waitFor();
  for (const line of await dialog.locator('summary').all()) await line.click();
  return dialog;
}

/** How many pixels formulas reach beyond their frames, and the page beyond the screen. */
const beyond = (page: Page) =>
  page.evaluate(() => {
    const frames = [...document.querySelectorAll('math')].map(({ parentElement }) => parentElement!);
    return Math.max(
      ...[
        document.documentElement,
        ...frames.filter((frame) => getComputedStyle(frame).display === 'block'),
      ].map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    );
  });

test('a formula is MathML whose symbols say what they mean, to the pointer and to the keyboard', async () => {
  const asked: string[] = [];
  const playground = await openPlayground(browser, query, {
    context: { reducedMotion: 'reduce' },
    prepare: async (page) => {
      page.on('request', (request) => asked.push(request.url()));
    },
  });
  const { page } = playground;
  const loaded = () => asked.filter((url) => url.includes('/FormulaMath-')).length;
  expect(loaded()).toBe(0);
  const dialog = await openComputed(page);
  const formula = dialog.locator('[role="group"]');
  const soft = formula.filter({ hasText: /^Lce/ }).first();
  await soft.locator('math').waitFor();
  expect(loaded()).toBe(1);
  expect(await dialog.locator('math').count()).toBeGreaterThanOrEqual(24);
  expect(await dialog.locator('[style]:is(math, math *)').count()).toBe(0);

  await dialog.locator('math mrow').filter({ hasText: /^T$/ }).first().hover();
  await page
    .getByRole('tooltip')
    .getByText(/^temperature: divides logits before the softmax/)
    .waitFor();
  await page.mouse.move(0, 0);
  await page.getByRole('tooltip').waitFor({ state: 'hidden' });

  await dialog.locator('summary').first().focus();
  await page.keyboard.press('Tab');
  await page
    .getByRole('tooltip')
    .getByText(/^temperature: divides logits before the softmax/)
    .waitFor();
  const described = await soft.evaluate(
    (group) =>
      document.getElementById(group.getAttribute('aria-describedby')?.split(' ')[0] ?? '')?.textContent,
  );
  expect(described).toContain('L ce: Soft targets');

  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id} ${nodes[0].target}`)).toEqual([]);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('on a phone formulas wrap, and nothing scrolls sideways', async () => {
  const playground = await openPlayground(browser, query, { context: phone });
  const { page, button } = playground;
  await button('Softmax lab').click();
  await page.locator('[data-panel="softmaxLab"] math').last().waitFor();
  expect(await beyond(page)).toBeLessThanOrEqual(0);
  const dialog = await openComputed(page);
  await dialog.locator('math').last().waitFor();
  expect(await beyond(page)).toBeLessThanOrEqual(0);
  await playground.close();
});

test('formulas that can’t be typeset are shown as they were written', async () => {
  const playground = await openPlayground(browser, query, {
    prepare: (page) => page.route(chunk, (route) => route.abort()),
  });
  const { page } = playground;
  const dialog = await openComputed(page);
  await dialog.getByText('L_\\text{mse} = ', { exact: false }).waitFor();
  await dialog.getByText('distiller.py:430-432', { exact: false }).waitFor();
  await playground.close();
});
