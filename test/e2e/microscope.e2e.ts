/** The temperature microscope in the built page: one word at every T, live, and which of the two temperatures was moved. */
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { experiment, tiny, twin } from '../../src/config/presets/parts';
import { encodeExperiment } from '../../src/config/urlWriting';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';
import { taskStages } from '../support/taskStages';

const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000';
const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

async function open({ page }: PlaygroundPage): Promise<Locator> {
  await page.getByRole('button', { name: 'Look closer, at every T' }).locator('visible=true').first().click();
  const dialog = page.getByRole('dialog', { name: 'Temperature microscope' });
  await dialog.getByRole('region', { name: 'Probabilities at a ladder of temperatures' }).waitFor();
  return dialog;
}

/** The figures of a table's row, as numbers. */
async function row(table: Locator, name: string | RegExp): Promise<number[]> {
  const cells = table.getByRole('row').filter({ has: table.page().getByRole('rowheader', { name }) });
  return (await cells.getByRole('cell').allInnerTexts()).map(Number);
}

test('side by side, as curves and as a pull, by the keyboard alone, and live', async () => {
  const playground = await openPlayground(browser, long, { context: still });
  const { page } = playground;
  await playground.steps(2);
  await playground.predictionsAt(2);
  const best = await page
    .getByRole('table', { name: 'Figures by model' })
    .locator('strong')
    .first()
    .innerText();
  await page.getByRole('button', { name: 'Look closer, at every T' }).first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Temperature microscope' });
  await dialog.getByText('as the models answer at step 2').waitFor();

  // The ladder: the teacher's best word first, of rank 1, and less of it at every larger T.
  const ladder = dialog.getByRole('table');
  const heads = await ladder.getByRole('columnheader').allInnerTexts();
  expect(heads.map((text) => text.replace(/\s+/g, ' ').trim())).toEqual([
    'Word',
    'Rank',
    'T = 0.5',
    'T = 1',
    'T = 2 view, training',
    'T = 4',
    'T = 8',
  ]);
  const first = ladder.getByRole('row').nth(1);
  expect(await first.getByRole('rowheader').innerText()).toBe(best);
  const cells = await first.getByRole('cell').locator('li:first-child').allInnerTexts();
  const [rank, ...shares] = cells.map((text) => Number(text.replace(/[^\d.]/g, '')));
  expect(rank).toBe(1);
  expect([...shares].sort((a, b) => b - a)).toEqual(shares);
  expect(shares[0]).toBeGreaterThan(2 * shares[2]);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  // The view is moved, and nothing that is learned; then the training.
  const view = dialog.getByRole('slider', { name: 'View at T' });
  await view.focus();
  await page.keyboard.press('PageUp');
  await page.keyboard.press('ArrowRight');
  await dialog.getByText('You moved the view').waitFor();
  await dialog.getByText('the student still trains at T = 2.0').waitFor();
  await ladder.getByRole('columnheader', { name: /^T = 4.1\s*view$/ }).waitFor();
  expect(await dialog.getByRole('slider', { name: 'Train at T' }).getAttribute('aria-valuenow')).toBe('2');
  await dialog.getByRole('slider', { name: 'Train at T' }).focus();
  await page.keyboard.press('PageUp');
  await dialog.getByText('You moved the training').waitFor();
  await view.focus();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('PageDown');

  await dialog.getByRole('tab', { name: 'Side by side' }).focus();
  await page.keyboard.press('ArrowRight');
  const kl = dialog.getByRole('region', { name: 'KL from teacher, and T² times it' });
  await kl.getByRole('img').waitFor();
  const [plain, squared] = await row(kl.getByRole('table'), 'distilled');
  expect(squared / (plain * 4)).toBeCloseTo(1, 1);
  const word = dialog.getByRole('region', { name: 'One word’s probability' });
  await word.getByText(`Rank of “${best}” among 1,024 words, the same at every T: teacher 1`).waitFor();
  await word.getByRole('combobox', { name: 'Word' }).selectOption({ index: 2 });
  await word.getByText(/the same at every T: teacher 3,/).waitFor();
  const entropy = dialog.getByRole('region', { name: 'Entropy H' });
  const before = (await row(entropy.getByRole('table'), 'teacher'))[0];
  // A press on a chart looks there.
  const box = (await entropy.getByRole('img').boundingBox())!;
  await page.mouse.click(box.x + box.width - 40, box.y + 40);
  await expect
    .poll(async () => (await row(entropy.getByRole('table'), 'teacher'))[0])
    .toBeGreaterThan(before);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  await dialog.getByRole('tab', { name: 'What it teaches' }).click();
  const length = dialog.getByRole('region', { name: 'Length of the pull, ‖g‖' });
  const [withSquare, without] = await row(length.getByRole('table'), 'distilled');
  const temperature = Number(await view.getAttribute('aria-valuenow'));
  expect(withSquare / without / temperature ** 2).toBeCloseTo(1, 1);
  await dialog.getByRole('combobox', { name: 'Student' }).selectOption({ label: 'no teacher' });
  await dialog.getByText('no teacher does not learn from softened targets').waitFor();
  const pulls = dialog.getByRole('list', { name: 'Gradient of the soft loss by logit, of no teacher' });
  expect(await pulls.locator(':scope > li').count()).toBe(9);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await playground.play();
  await open(playground);
  const step = async () =>
    Number(/at step ([\d,]+)/.exec(await dialog.getByText(/at step/).innerText())?.[1].replace(',', ''));
  await expect.poll(step).toBeGreaterThan(3);
  const now = await step();
  await expect.poll(step).toBeGreaterThan(now);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

const addressOf = (asked: Experiment) => `backend=wasm&${encodeExperiment(asked, 'tiny')}`;

test('classes of a task are all there, where they stand', async () => {
  const { later, arms, ...first } = taskStages;
  const asked: Experiment = {
    ...first,
    training: { ...first.training, steps: 1 },
    later: [{ ...later![0], text: { kind: 'task', id: 'feelings' } }],
    arms: arms.map((arm) => ({ ...arm, later: arm.later!.slice(1) })),
  };
  const playground = await openPlayground(browser, addressOf(asked), { context: still });
  await playground.steps(2);
  await playground.predictionsAt(2);
  const dialog = await open(playground);
  const table = dialog.getByRole('table');
  await table.getByRole('columnheader', { name: 'Class' }).waitFor();
  expect(await table.locator('tbody').first().getByRole('rowheader').count()).toBe(6);
  await dialog.getByText('which class comes first is the same at every T').waitFor();
  await dialog.getByRole('tab', { name: 'Against T' }).click();
  await dialog.getByText('all 6 classes alike').waitFor();
  await dialog.getByRole('tab', { name: 'What it teaches' }).click();
  const pulls = dialog.getByRole('list', { name: /^Gradient of the soft loss by logit/ });
  expect(await pulls.locator(':scope > li').count()).toBe(6);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('without a teacher there is entropy, and nothing that pulls', async () => {
  const alone = experiment(tiny, [twin(tiny, { initialisation: { kind: 'random' } })], { batchSize: 4 });
  const asked: Experiment = { ...alone, teacher: { kind: 'none', vocabularySize: 512 } };
  const playground = await openPlayground(browser, addressOf(asked), { context: still });
  await playground.predictionsAt(0);
  const dialog = await open(playground);
  expect(await dialog.getByRole('rowheader', { name: /KL/ }).count()).toBe(0);
  await dialog.getByRole('tab', { name: 'Against T' }).click();
  await dialog.getByRole('region', { name: 'Entropy H' }).waitFor();
  expect(await dialog.getByRole('region', { name: /KL from teacher/ }).count()).toBe(0);
  await dialog.getByRole('tab', { name: 'What it teaches' }).click();
  await dialog.getByText('There is no teacher here').waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test.each([
  ['phone', 'light', phone],
  ['phone', 'dark', phone],
  ['projector', 'dark', { viewport: { width: 1280, height: 720 } }],
] as const)(
  '%s, %s: every view is whole, and nothing scrolls the page sideways',
  async (_, colorScheme, size) => {
    const playground = await openPlayground(browser, long, { context: { ...size, ...still, colorScheme } });
    await playground.predictionsAt(0);
    const dialog = await open(playground);
    for (const name of ['Side by side', 'Against T', 'What it teaches']) {
      await dialog.getByRole('tab', { name }).click();
      await dialog.getByRole('tabpanel', { name }).waitFor();
      expect(await violations(playground, '[role="dialog"]'), name).toEqual([]);
      const sideways = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(sideways, name).toBe(0);
    }
    expect(playground.errors).toEqual([]);
    await playground.close();
  },
);
