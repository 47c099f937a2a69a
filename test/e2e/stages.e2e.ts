import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const small = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=6';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** A second stage on a task, whose teacher is tuned as briefly as can be. */
async function addTask({ page, button }: PlaygroundPage) {
  await button('Add a stage').click();
  await button('Use the task “Feelings”').click();
  await page.getByLabel('Tuning steps').fill('2');
  await page.getByRole('radio', { name: /2 Feelings/ }).waitFor();
}

test('a stage is added, chosen with the keyboard, trained across its border, and gone back to', async () => {
  const playground = await openPlayground(browser, small, { context: { reducedMotion: 'reduce' } });
  const { page, button } = playground;
  await addTask(playground);
  await playground.ready();
  await expect.poll(playground.status).toMatch(/^Step 0 of 12 · Stage 1 of 2 · Stories/);

  const second = page.getByRole('radio', { name: /2 Feelings/ });
  expect(await second.isChecked()).toBe(true);
  // What is in hand stays so where the panel becomes a drawer, and back.
  await page.setViewportSize(phone.viewport);
  await button('Experiment').click();
  expect(
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /2 Feelings/ })
      .isChecked(),
  ).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click();
  await page.setViewportSize({ width: 1280, height: 720 });
  await second.focus();
  await page.keyboard.press('ArrowLeft');
  expect(await page.getByRole('radio', { name: /1 Stories/ }).isChecked()).toBe(true);
  await button(/^Text/).first().waitFor();
  expect(await button(/^Text/).first().innerText()).toContain('Stillroom stories');

  await playground.play();
  await playground.reach(12);
  await expect.poll(playground.status).toMatch(/^Step 12 of 12 · Stage 2 of 2 · Feelings/);
  // A line where the stages meet, in each chart over the steps.
  expect(await page.locator('[data-border="6"]').count()).toBeGreaterThanOrEqual(3);
  expect(await violations(playground)).toEqual([]);

  await button('Stage 2 of 2, Feelings: all stages').click();
  await button('Back to the end of stage 1, Stories').click();
  await page.getByText('Steps 7 to 12 are lost').waitFor();
  expect(await violations(playground)).toEqual([]);
  await button('Go back').click();
  await expect.poll(playground.status, { timeout: 30_000 }).toMatch(/^Step 6 of 12 /);
  await playground.ready();
  await playground.play();
  await playground.reach(12);
  expect(playground.errors).toEqual([]);
}, 240_000);

test('a phone has room for stages, and they can change places and leave', async () => {
  const playground = await openPlayground(browser, small, { context: { ...phone, reducedMotion: 'reduce' } });
  const { page, button } = playground;
  await button('Experiment').click();
  await addTask(playground);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await button('What to do with stage 2, Feelings').click();
  await page.getByRole('menuitem', { name: 'Move it earlier' }).click();
  await page.getByRole('radio', { name: /1 Feelings/ }).waitFor();
  await button('What to do with stage 1, Feelings').click();
  await page.getByRole('menuitem', { name: 'Remove stage 1, Feelings' }).click();
  await page.getByRole('group', { name: 'Stage', exact: true }).waitFor({ state: 'detached' });
  expect(await button(/^Text/).first().innerText()).toContain('Stillroom stories');
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  expect(playground.errors).toEqual([]);
}, 120_000);
