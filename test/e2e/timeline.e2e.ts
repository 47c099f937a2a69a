import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

// More steps than any machine does meanwhile.
const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000&training.evaluateEvery=10';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const still = { reducedMotion: 'reduce' } as const;

const timelineOf = ({ page }: PlaygroundPage) => page.getByRole('slider', { name: /^Timeline/ });
const spokenOf = (playground: PlaygroundPage) => timelineOf(playground).getAttribute('aria-valuetext');
const figuresOf = ({ page }: PlaygroundPage) => page.getByRole('table', { name: 'Figures by model' });
/** The step of the past on screen, as the bar says; null where that is now. */
async function pastOf({ page }: PlaygroundPage): Promise<number | null> {
  const label = page.getByRole('button', { name: /^Past, step/ });
  if ((await label.count()) === 0) return null;
  return Number((await label.innerText()).replace(/\D/g, ''));
}
/** Presses the timeline at a share of its length. */
async function press(playground: PlaygroundPage, share: number) {
  const box = (await timelineOf(playground).boundingBox())!;
  await playground.page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
}
test('the past is shown while training goes on, with its own sentence, and a reload has it again', async () => {
  const playground = await openPlayground(browser, long, { context: still });
  const { page, button } = playground;
  await playground.predictionsAt(0);
  const beginning = await figuresOf(playground).innerText();
  expect(await timelineOf(playground).count()).toBe(0);

  await playground.steps(3);
  await playground.predictionsAt(3);
  const third = await figuresOf(playground).innerText();
  const sentence = page.getByLabel('Sentence with one [MASK]');
  await sentence.fill('The cat sat on the [MASK].');
  await playground.predictionsAt(3);
  await playground.play();
  await playground.reach(12);

  // To the very beginning, which is a fraction of a step from the left end.
  await press(playground, 0);
  await expect.poll(() => pastOf(playground)).toBe(0);
  await page.getByText(/^\s*As recorded at step 0, probabilities/).waitFor();
  expect(await figuresOf(playground).innerText()).toBe(beginning);
  expect(await sentence.inputValue()).not.toBe('The cat sat on the [MASK].');
  // A line in every chart over the steps.
  expect(await page.locator('line[data-past="0"]').count()).toBeGreaterThanOrEqual(3);
  await page.getByRole('region', { name: 'Attention' }).getByText('As recorded at step 0.').waitFor();
  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByText(/masked words, at step 0[:.]/).waitFor();
  // Training goes on as if nobody looked.
  const now = await playground.step();
  await playground.reach(now + 5);
  expect(await pastOf(playground)).toBe(0);

  // The last frame of step 3 has the sentence that was asked then.
  const rested = await playground.pause();
  await timelineOf(playground).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => pastOf(playground)).toBe(3);
  expect(await sentence.inputValue()).toBe('The cat sat on the [MASK].');
  expect(await figuresOf(playground).innerText()).not.toBe(third);

  await button('Back to live').click();
  await playground.predictionsAt(rested);
  expect(await pastOf(playground)).toBe(null);
  const newest = await figuresOf(playground).innerText();

  await page.reload();
  await playground.ready();
  await expect.poll(() => timelineOf(playground).count()).toBe(1);
  await playground.predictionsAt(rested);
  expect(await figuresOf(playground).innerText()).toBe(newest);
  await timelineOf(playground).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => pastOf(playground)).toBe(0);
  await expect.poll(() => figuresOf(playground).innerText()).toBe(beginning);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('works with the keyboard alone, plays back, and is heard once', async () => {
  const playground = await openPlayground(browser, long, { context: still });
  const { page, button } = playground;
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    const region = document.querySelector('[data-announcer]')!;
    new MutationObserver(() => said.push(region.textContent ?? '')).observe(region, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const heard = () => page.evaluate(() => [...new Set((window as unknown as { said: string[] }).said)]);
  await playground.steps(10);
  await timelineOf(playground).focus();
  await page.keyboard.press('ArrowLeft');
  expect(await spokenOf(playground)).toBe('Step 9, in the past');
  await page.keyboard.press('Home');
  expect(await spokenOf(playground)).toBe('Step 0, in the past');
  await page.keyboard.press('PageUp');
  expect(await spokenOf(playground)).toBe('Live, step 10');
  await page.keyboard.press('Home');
  await page.waitForTimeout(600);

  await page.getByLabel('Speed of playing back').selectOption('0.5');
  await button('Play back').press('Enter');
  // While a film goes by the slider says nothing of each step.
  await expect.poll(() => pastOf(playground)).toBeGreaterThan(0);
  expect(await spokenOf(playground)).toBe('Step 0, in the past');
  await button('Stop playing back').press('Enter');
  const at = await pastOf(playground);
  expect(await spokenOf(playground)).toBe(`Step ${at}, in the past`);
  await page.waitForTimeout(600);
  await page.getByLabel('Speed of playing back').selectOption('16');
  await button('Play back').press('Enter');
  // It ends where the run is, and the keyboard goes on from the bar.
  await expect.poll(() => pastOf(playground)).toBe(null);
  expect(await timelineOf(playground).evaluate((bar) => bar === document.activeElement)).toBe(true);
  await page.waitForTimeout(600);
  // What is said of the run stands before it.
  const said = (await heard()).flatMap((words) => words.match(/Showing [^.]+\./) ?? []);
  expect(said).toEqual([
    'Showing step 0, in the past.',
    `Showing step ${at}, in the past.`,
    'Showing the run as it is now, at step 10.',
  ]);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test.each([
  ['desktop, light', { viewport: { width: 1280, height: 720 }, colorScheme: 'light' }],
  ['desktop, dark', { viewport: { width: 1280, height: 720 }, colorScheme: 'dark' }],
  ['tablet, light', { viewport: { width: 820, height: 1180 }, hasTouch: true, colorScheme: 'light' }],
  ['phone, dark', { ...phone, colorScheme: 'dark' }],
] as const)('%s: axe finds nothing in the past, and looking back moves nothing', async (_, context) => {
  const playground = await openPlayground(browser, long, { context: { ...still, ...context } });
  const { page } = playground;
  await playground.steps(3);
  await playground.predictionsAt(3);
  const place = async () => (await timelineOf(playground).boundingBox())!;
  const before = await place();
  await press(playground, 0);
  await expect.poll(() => pastOf(playground)).toBe(0);
  expect(await place()).toEqual(before);
  expect(await violations(playground)).toEqual([]);
  const sideways = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await sideways()).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a run of the command line opens as a file, with its past; one that doesn’t fit gets a word each', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-run-'));
  const file = join(folder, 'run.json');
  const options = ['--preset', 'tiny', '--steps', '9', '--set', 'stages.0.training.batchSize=4', '--json'];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'src/cli/distill.ts', ...options, '--save', file],
    { encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });

  const playground = await openPlayground(browser, 'backend=wasm&preset=tiny', { context: still });
  const { page, button } = playground;
  const open = async (content: string) => {
    await button('Kept here').click();
    const choosing = page.waitForEvent('filechooser');
    await button('Open a run file').click();
    await (await choosing).setFiles({
      name: 'run.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    });
  };
  await open(text);
  await expect.poll(playground.status, { timeout: 60_000 }).toMatch(/^Step 9 of 9 · finished/);
  await playground.predictionsAt(9);
  // The figures that the command line printed are those on the page.
  const [distilled] = JSON.parse(stdout).arms;
  const right = `${(100 * distilled.heldOut.accuracy).toFixed(1)}`;
  const scoreboard = page.getByRole('region', { name: 'Scoreboard' });
  await scoreboard.getByText(/All of the held-out text: .* at step 9\./).waitFor();
  expect(await scoreboard.getByRole('table').first().innerText()).toContain(right);
  await timelineOf(playground).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => pastOf(playground)).toBe(0);
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => pastOf(playground)).toBe(1);
  await button('Back to live').click();

  for (const [content, words] of [
    [text.slice(0, text.length / 2), 'The file is incomplete'],
    [text.replace('"version":2', '"version":9'), 'The file is of a later version'],
    [text.replace(/"fingerprint":"\w/, '"fingerprint":"_'), 'This run belongs to another teacher'],
    [text.replace('"stride":1', '"stride":-1'), 'This file is no run that can be opened'],
  ]) {
    expect(content).not.toBe(text);
    await open(content);
    await page.getByText(words).first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(playground.status, { timeout: 60_000 }).toMatch(/^Step 9 of 9 · finished/);
  }
  expect(playground.errors).toEqual([]);
  await playground.close();
});
