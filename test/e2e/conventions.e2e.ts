/** The same loss in other programs, in the built page: from the formulas and from the softmax lab. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const query = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=2000';
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const name = 'The same loss in other programs';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** Value, norm and ratio of a convention, as the table has them. */
async function figuresOf(dialog: Locator, convention: string): Promise<number[]> {
  const row = dialog
    .getByRole('row')
    .filter({ has: dialog.page().getByRole('rowheader', { name: convention }) });
  return (await row.getByRole('cell').allInnerTexts()).map(Number);
}

test('the softmax lab’s logits, then the page’s, move with T', async () => {
  const playground = await openPlayground(browser, query, { context: still });
  const { page, button } = playground;
  await playground.predictionsAt(0);
  await button('Softmax lab').click();
  await page.getByRole('region', { name: 'Softmax lab' }).getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('table').waitFor();
  // Logits 3, 2, 1, 0, −1 against five zeros, at T = 2, by hand: KL = .2153, and cross-entropy ln 5.
  expect(await figuresOf(dialog, 'torchdistill, without labels')).toEqual([0.215, 0.149, 0.25]);
  expect((await figuresOf(dialog, 'TextBrewer, kd_ce_loss'))[0]).toBe(1.61);
  expect((await figuresOf(dialog, 'TinyBERT'))[2]).toBe(0.05);
  const gradients = dialog.getByRole('region', { name: 'Length of its gradient, ‖g‖' });
  expect(await gradients.getByRole('listitem').count()).toBe(4);
  await gradients.getByText('Hugging Face, torchdistill, Keras').waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  await dialog.getByRole('slider', { name: 'View at T' }).focus();
  await page.keyboard.press('PageUp');
  await expect.poll(async () => (await figuresOf(dialog, 'torchdistill, without labels'))[2]).toBe(1 / 16);
  await dialog.getByText('the page’s masked word').click();
  await dialog.getByText('One [MASK] she found a letter.').waitFor();
  // A mean over 1,024 words too, and no T² of 16.
  await expect.poll(async () => (await figuresOf(dialog, 'TinyBERT'))[2]).toBe(6.1e-5);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('from the formulas, and back to them, on a phone', async () => {
  const playground = await openPlayground(browser, query, { context: { ...phone, ...still } });
  const { page, button } = playground;
  await playground.predictionsAt(0);
  await button('What is exactly computed?').first().click();
  const computed = page.getByRole('dialog', { name: 'What is exactly computed' });
  await computed.getByRole('button', { name }).click();
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('table').waitFor();
  await dialog.locator('math').last().waitFor();
  const sideways = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(sideways).toBe(0);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await computed.getByText('What all methods share').waitFor();
  await page.keyboard.press('Escape');
  await computed.waitFor({ state: 'hidden' });
  expect(playground.errors).toEqual([]);
  await playground.close();
});
