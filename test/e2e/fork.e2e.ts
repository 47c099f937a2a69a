import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const short =
  'backend=wasm&preset=tiny&training.batchSize=4&training.steps=24&training.evaluateEvery=4&training.seed=3';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

const timelineOf = ({ page }: PlaygroundPage) => page.getByRole('slider', { name: /^Timeline/ });
const figuresOf = ({ page }: PlaygroundPage) => page.getByRole('table', { name: 'Figures by model' });

/** Looks back, with the keyboard alone, and opens the dialog that forks there. @returns the step */
async function askAt(playground: PlaygroundPage, back: number): Promise<number> {
  const { page, button } = playground;
  await timelineOf(playground).focus();
  for (let i = 0; i < back; i++) await page.keyboard.press('ArrowLeft');
  const label = page.getByRole('button', { name: /^Past, step/ });
  await label.waitFor();
  const step = Number((await label.innerText()).replace(/\D/g, ''));
  await button('Fork here…').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Fork at step ${step}` }).waitFor();
  return step;
}

test('a student is forked in the past, goes its own way, and a link has the same fork', async () => {
  const playground = await openPlayground(browser, short, { context: still });
  const { page, button } = playground;
  await playground.steps(10);
  await playground.predictionsAt(10);
  const step = await askAt(playground, 4);
  expect(step).toBeGreaterThan(0);
  expect(step).toBeLessThan(10);
  const dialog = page.getByRole('dialog');
  // Without a change there is nothing to fork.
  expect(await button('Fork and rest').isDisabled()).toBe(true);
  expect(await violations(playground)).toEqual([]);
  await dialog.getByRole('textbox').fill('9');
  await dialog.getByText(`The fork is called “T = 9, from step ${step}”.`).waitFor();
  await dialog.getByText(/The run goes back to step/).waitFor();
  expect(await violations(playground)).toEqual([]);
  await button('Fork and rest').focus();
  await page.keyboard.press('Enter');

  await expect.poll(() => playground.step()).toBe(step);
  await playground.predictionsAt(step);
  const name = `T = 9, from step ${step}`;
  const rows = () => figuresOf(playground).getByRole('row').allInnerTexts();
  const figures = (all: string[], model: string) =>
    all
      .find((row) => row.startsWith(model))!
      .slice(model.length)
      .trim();
  // Up to there both are one.
  const at = await rows();
  expect(figures(at, name)).toBe(figures(at, 'T = 2'));
  await expect.poll(() => new URL(page.url()).searchParams.get('arms.2.fork.step')).toBe(String(step));
  // Where it leaves is marked in the charts, and told in words.
  await page
    .getByText(`After step ${step}: “${name}” leaves “T = 2”, which it is up to there`)
    .first()
    .waitFor({ state: 'attached' });

  await playground.play();
  await playground.reach(24);
  await playground.predictionsAt(24);
  const ended = await rows();
  expect(figures(ended, name)).not.toBe(figures(ended, 'T = 2'));
  expect(await violations(playground)).toEqual([]);

  // Whoever opens the link trains the same from step 0: the common past once, and the fork from its step on.
  const link = new URL(page.url()).search.slice(1);
  const other = await openPlayground(browser, link, { context: still });
  await other.play();
  await other.reach(24);
  await other.predictionsAt(24);
  expect(await figuresOf(other).getByRole('row').allInnerTexts()).toEqual(ended);
  expect([...playground.errors, ...other.errors]).toEqual([]);
  await other.close();
  await playground.close();
});

test('the dialog fits a phone, and says what can’t be', async () => {
  const playground = await openPlayground(browser, short, {
    context: { ...phone, ...still, colorScheme: 'dark' },
  });
  const { page, button } = playground;
  await playground.steps(4);
  await playground.predictionsAt(4);
  await askAt(playground, 2);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Copy of').selectOption({ label: 'no teacher' });
  await dialog.getByRole('textbox').fill('0');
  // A student without any loss learns nothing.
  await dialog.getByText('Every loss has weight 0').waitFor();
  expect(await button('Fork and train on').isDisabled()).toBe(true);
  expect(await violations(playground)).toEqual([]);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wide).toBe(0);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  // A phone tells the moment that is looked at in place of where the run stands.
  await button('Back to live').click();
  expect(await playground.step()).toBe(4);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
