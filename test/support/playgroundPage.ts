/** The built page in a browser of its own context, read and used the way a person does. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { expect, inject, onTestFinished } from 'vitest';
import { pretendCores } from './chromium';

/** One machine's own number of cores must not decide how many WASM threads a test runs with. */
const usualCores = 2;

export interface PlaygroundPage {
  page: Page;
  /** Errors on the console, the page's and its worker's, and uncaught ones. */
  errors: string[];
  button(name: string | RegExp): Locator;
  /** The status region's words, such as "Step 120 of 1000 · 35 steps/s · WebGPU". */
  status(): Promise<string>;
  /** Updates done, as the status says. */
  step(): Promise<number>;
  /** Waits until the status says that this many updates are done, or more. */
  reach(step: number): Promise<void>;
  /** Presses Play. */
  play(): Promise<void>;
  /** Presses Pause and returns the step at which the run then rests. */
  pause(): Promise<number>;
  /** Presses Step until `count` updates more are done. */
  steps(count: number): Promise<void>;
  /** Waits for a message in the corner with these words. */
  notice(words: string | RegExp): Promise<void>;
  /** Waits until the predictions on screen are those of the sentence at this step. */
  predictionsAt(step: number): Promise<void>;
  /** The step of the predictions on screen, once they are those of the sentence. */
  stepOfPredictions(): Promise<number>;
  /** Waits until the page can play. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

export interface PageSetup {
  /** Runs before the page is loaded. */
  prepare?: (page: Page) => Promise<unknown>;
  context?: BrowserContextOptions;
  /** Wait until the page can play; true unless said otherwise. */
  wait?: boolean;
}

/** An emulated GPU takes half a minute to compile the shaders of the first update. */
const patience = { timeout: 90_000, interval: 50 };

/** @param query the address after the `?` */
export async function openPlayground(
  browser: Browser,
  query: string,
  { prepare = (page) => pretendCores(page, usualCores), context: options, wait = true }: PageSetup = {},
): Promise<PlaygroundPage> {
  const context = await browser.newContext(options);
  // A page that a failed test left behind would train on beside the next ones.
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  await prepare(page);
  await page.goto(`${inject('served').url}?${query}`);

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const status = async () => (await page.getByRole('status').innerText()).replace(/\s+/g, ' ').trim();
  const step = async () => Number(/^Step (\d+) of/.exec(await status())?.[1] ?? Number.NaN);
  const reach = (wanted: number) => expect.poll(step, patience).toBeGreaterThanOrEqual(wanted);
  const playground: PlaygroundPage = {
    page,
    errors,
    button,
    status,
    step,
    reach,
    play: () => button('Play').click(),
    pause: async () => {
      await button('Pause').click();
      await button('Play').waitFor();
      return step();
    },
    steps: async (count) => {
      for (let left = count; left > 0; left--) {
        const before = await step();
        await button('Step').click();
        await expect.poll(step, patience).toBe(before + 1);
      }
    },
    notice: (words) =>
      page.getByRole('region', { name: 'Messages' }).getByText(words).first().waitFor({ state: 'visible' }),
    // The whole text of an element: other panels name the step within their sentences, and predictions of an older
    // sentence say so behind it.
    predictionsAt: (step) =>
      page.getByText(`At step ${step.toLocaleString('en')}.`, { exact: true }).waitFor(),
    stepOfPredictions: async () =>
      Number((await page.getByText(/^\s*At step [\d,]+\.\s*$/).innerText()).replace(/\D/g, '')),
    ready: () => expect.poll(() => button('Step').isEnabled(), patience).toBe(true),
    close: () => context.close(),
  };
  if (wait) await playground.ready();
  return playground;
}
