/** Models that are saved for other programs: the zips of the built page, opened. */
import { existsSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { upgrade } from '../../src/config/upgrade';
import { encodeExperiment } from '../../src/config/urlWriting';
import { parseTeacher } from '../../src/interop/teacherBundle';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';
import { taskStages } from '../support/taskStages';

const opens = 'Save a model for other programs';
const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=6';
const sizes = [
  ['light', { width: 1280, height: 720 }],
  ['dark', { width: 1280, height: 720 }],
  ['light', { width: 820, height: 1180 }],
  ['dark', { width: 390, height: 844 }],
] as const;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** Takes what makes zips, fflate's module for browsers, from the served page. @returns what puts it back */
function withoutZip(): () => void {
  const assets = join(inject('served').folder, 'assets');
  const taken = readdirSync(assets).filter((name) => /^browser-.*\.js(\.br|\.gz)?$/.test(name));
  expect(taken.length).toBeGreaterThan(0);
  for (const name of taken) renameSync(join(assets, name), join(assets, `gone-${name}`));
  return () => {
    for (const name of taken) {
      if (!existsSync(join(assets, name))) renameSync(join(assets, `gone-${name}`), join(assets, name));
    }
  };
}

const dialogOf = ({ page }: PlaygroundPage) => page.getByRole('dialog', { name: opens });

/** Saves a model by the keyboard. @returns the name of its folder, and its files by their names */
async function saved({ page }: PlaygroundPage, name: string) {
  const press = page.getByRole('button', { name: `Save ${name} as a zip` });
  await press.focus();
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 90_000 }),
    page.keyboard.press('Enter'),
  ]);
  await page.getByText(`Saved as ${download.suggestedFilename()}`).waitFor();
  const found = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const folder = download.suggestedFilename().replace(/\.zip$/, '');
  const files = Object.fromEntries(
    Object.entries(found).map(([path, bytes]) => {
      expect(path.startsWith(`${folder}/`)).toBe(true);
      return [path.slice(folder.length + 1), bytes];
    }),
  );
  const text = (path: string) => new TextDecoder().decode(files[path]);
  return { folder, files, text, json: (path: string) => JSON.parse(text(path)) };
}

const readBack = ({ json, files }: Awaited<ReturnType<typeof saved>>, kind: 'mlm' | 'classify') =>
  parseTeacher(
    {
      config: json('config.json'),
      tokenizer: json('tokenizer.json'),
      weights: files['model.safetensors'].slice().buffer,
    },
    kind,
  );

test('students and teacher of a run on words are saved as folders that hold what the page says of them', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button } = playground;
  await button(opens).focus();
  await page.keyboard.press('Enter');
  const dialog = dialogOf(playground);
  // Nothing of a student is its own before its first update.
  expect(await dialog.getByRole('button', { name: 'Save distilled as a zip' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(opens);

  await playground.steps(3);
  await button(opens).click();
  const student = await saved(playground, 'distilled');
  expect(student.folder).toBe('stillroom-distilled-step-3');
  expect(Object.keys(student.files).sort()).toEqual([
    'README.md',
    'config.json',
    'experiment.json',
    'model.safetensors',
    'onnx/model.onnx',
    'tokenizer.json',
    'tokenizer_config.json',
    'vocab.txt',
  ]);
  expect(student.json('config.json')).toMatchObject({ architectures: ['DistilBertForMaskedLM'] });
  const { shape, weights } = readBack(student, 'mlm');
  const numbers = [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
  const card = student.text('README.md');
  expect(card).toContain(`${numbers.toLocaleString('en')} parameters`);
  expect(card).toContain('distilled, after 3 updates');
  // A page on this machine is of use to nobody else.
  const link = /`\?(preset=tiny&.*)`/.exec(card)![1];
  expect(Object.fromEntries(new URLSearchParams(link))).toEqual({
    preset: 'tiny',
    'training.batchSize': '4',
    'training.steps': '6',
  });
  expect(card).not.toContain('127.0.0.1');
  expect(shape.tokenTypes).toBe(false);
  expect(upgrade(student.json('experiment.json')).training).toMatchObject({ steps: 6, batchSize: 4 });

  const twin = await saved(playground, 'no teacher');
  expect(twin.files['model.safetensors']).not.toEqual(student.files['model.safetensors']);
  const teacher = await saved(playground, 'teacher');
  expect(teacher.folder).toBe('stillroom-teacher');
  expect(teacher.json('config.json')).toMatchObject({ architectures: ['BertForMaskedLM'] });
  // The figures of the card are those of the scoreboard, which has measured all of the held-out text for it.
  await page.keyboard.press('Escape');
  const board = page.getByRole('region', { name: 'Scoreboard', exact: true });
  const row = board.getByRole('row', { name: /^distilled/ }).first();
  const [, right] = /\| this model \| (0\.\d+) \|/.exec(card)!;
  await expect.poll(() => row.innerText()).toContain(`${(100 * Number(right)).toFixed(1)}`);
  expect(playground.errors).toEqual([]);
});

test('of a task, its tuned teacher and a random one are saved too', async () => {
  const { later, arms, ...first } = taskStages;
  const experiment: Experiment = {
    ...first,
    others: [{ kind: 'random' }],
    training: { ...first.training, steps: 2 },
    later: [{ ...later![0], training: { ...later![0].training, steps: 4 } }],
    arms: arms.map((arm) => ({ ...arm, later: arm.later!.slice(0, 1) })),
  };
  const playground = await openPlayground(browser, `backend=wasm&${encodeExperiment(experiment, 'tiny')}`);
  const { page, button } = playground;
  await button(opens).click();
  const random = await saved(playground, 'Teacher 2: a teacher with random weights');
  expect(random.text('README.md')).toContain('It has learned nothing');
  expect(readBack(random, 'mlm').shape.tokenTypes).toBe(true);
  await page.keyboard.press('Escape');
  await playground.steps(3);
  await button(opens).click();
  const teacher = await saved(playground, 'teacher');
  const { classes } = readBack(teacher, 'classify');
  expect(teacher.json('config.json').architectures).toEqual(['BertForSequenceClassification']);
  expect(Object.values(teacher.json('config.json').id2label)).toEqual(classes);
  expect(teacher.text('README.md')).toContain('fine-tuned on the rows');
  const students = page.getByRole('button', { name: /^Save (?!teacher).* as a zip$/ });
  const name = (await students.first().getAttribute('aria-label'))!.replace(/^Save (.*) as a zip$/, '$1');
  const student = await saved(playground, name);
  expect(readBack(student, 'classify').classes).toEqual(classes);
  expect(student.text('README.md')).toContain('pipeline_tag: text-classification');
  expect(playground.errors).toEqual([]);
});

test('what it takes to save that does not arrive gets a clear word, and comes when it is asked for again', async () => {
  const playground = await openPlayground(browser, tiny);
  const { button } = playground;
  const dialog = dialogOf(playground);
  await button(opens).click();
  await dialog.getByRole('button', { name: 'Save teacher as a zip' }).waitFor();
  // Requests of a worker for its modules pass by what a test could stop them with: the file goes away.
  const restore = withoutZip();
  onTestFinished(restore);
  await dialog.getByRole('button', { name: 'Save teacher as a zip' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/did not arrive/)
    .waitFor({ timeout: 60_000 });
  restore();
  const teacher = await saved(playground, 'teacher');
  expect(readBack(teacher, 'mlm').shape.layers).toBeGreaterThan(0);
});

test.each(sizes)('axe-core finds nothing serious in it, %s, %j', async (colorScheme, viewport) => {
  const playground = await openPlayground(browser, tiny, {
    context: { viewport, colorScheme, reducedMotion: 'reduce' },
  });
  const { page, button } = playground;
  await playground.steps(1);
  await button(opens).click();
  await dialogOf(playground).getByText('How to load it').waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  const scrolls = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(scrolls).toBe(0);
});
