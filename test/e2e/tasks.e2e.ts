/** A task in the built page: what models say of a person's text, of held-out rows, and of varied ones. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Experiment, Stage } from '../../src/config/experiment';
import type { BundledTaskId } from '../../src/config/tasks';
import { encodeExperiment } from '../../src/config/urlWriting';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';
import { taskStages } from '../support/taskStages';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/** Two updates on text, then as many on a task as are asked for. */
function address(id: BundledTaskId, more: Partial<Stage> = {}): string {
  const { later, arms, ...first } = taskStages;
  const stage: Stage = { ...later![0], text: { kind: 'task', id }, ...more };
  const experiment: Experiment = {
    ...first,
    training: { ...first.training, steps: 2 },
    later: [{ ...stage, training: { ...stage.training, steps: 4 } }],
    arms: arms.map((arm) => ({ ...arm, later: arm.later!.slice(1) })),
  };
  return `backend=wasm&${encodeExperiment(experiment, 'tiny')}`;
}

test('a text of one’s own, held-out rows by the keyboard, and varied rows', async () => {
  const playground = await openPlayground(browser, address('feelings', { augmentation: { tries: 1 } }), {
    context: still,
  });
  const { page, button } = playground;
  const predictions = page.getByRole('region', { name: 'Predictions', exact: true });
  // On text one of the two students learns from layers alone.
  await predictions.getByText(/No loss of this stage reads .* Stage 2 teaches it/).waitFor();
  await playground.steps(3);
  const bars = page.getByRole('list', { name: 'Probabilities of the classes, by model' });
  await predictions.getByText('What does the writer feel?').waitFor();
  await expect.poll(() => bars.locator(':scope > li').count()).toBe(6);
  const before = await bars.innerText();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('We laughed all day.');
  await expect.poll(() => bars.innerText()).not.toBe(before);
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('');
  await predictions.getByText(/every model says its class/).waitFor();
  expect(await predictions.getByText('[MASK]').count()).toBe(0);
  // Figures of the text before are not shown as the task's.
  await page.getByText(/held-out rows, at step/).waitFor();
  await page.getByText(/^Saying “\w+” of every row, the commonest label, would be right on \d/).waitFor();
  expect(await predictions.getByText(/No loss of this stage/).count()).toBe(0);

  await button('Held-out rows…').click();
  const dialog = page.getByRole('dialog', { name: 'Held-out rows' });
  await dialog.getByRole('heading', { name: /^\d+ rows, the surest first$/ }).waitFor();
  const cells = dialog.getByRole('button', { name: /rows?: label / });
  expect(await cells.count()).toBe(36);
  await cells.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  expect(await cells.nth(7).getAttribute('aria-pressed')).toBe('true');
  await dialog.getByRole('heading', { name: /label sad, it says sad$/ }).waitFor();
  await dialog.getByRole('button', { name: 'Rows of all cells' }).click();
  await dialog.getByRole('combobox', { name: 'Show' }).selectOption('disagree');
  await dialog.getByRole('heading', { name: /^\d+ rows?/ }).waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });

  await button('Its varied training rows…').click();
  const varied = page.getByRole('dialog', { name: 'Varied training rows' });
  await varied.getByText(/^In [\d.]+\s% of [\d,]+ variants$/).waitFor();
  await varied.getByText(/^Row 1 of \d+$/).waitFor();
  await varied.getByRole('button', { name: 'Next row' }).click();
  await varied.getByText(/^Row 2 of \d+$/).waitFor();
  await varied.getByRole('textbox', { name: 'Find a row by its words' }).fill('the');
  await varied.getByText(/^\d+ rows have it$/).waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a pair has two fields, and its second text is marked in the attention; on a phone nothing scrolls sideways', async () => {
  const playground = await openPlayground(browser, address('follows'), { context: { ...phone, ...still } });
  const { page } = playground;
  await playground.steps(3);
  await page.getByText('If A is true, must B be true?').waitFor();
  await page.getByRole('textbox', { name: 'Text A' }).fill('Ann has a dog.');
  await page.getByRole('textbox', { name: 'Text B' }).fill('');
  await page.getByText(/about pairs of texts/).waitFor();
  await page.getByRole('textbox', { name: 'Text B' }).fill('Tom has a cat.');
  await page.getByText(/mark where text B begins, at “tom”/).waitFor();
  const bars = page.getByRole('list', { name: 'Probabilities of the classes, by model' });
  expect(await bars.locator(':scope > li').count()).toBe(3);
  expect(await violations(playground)).toEqual([]);
  await playground.button('Held-out rows…').click();
  await page.getByRole('heading', { name: /rows, the surest first/ }).waitFor();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
