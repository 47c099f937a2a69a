import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

// What the first version must reach, on two busy cores. Other work on the machine makes single readings worse, never
// better, so that each is the best of a few.
const interactiveWithin = 2000;
const firstLossWithin = 10_000;
const longTasks = { seconds: 20, mostOver50: 1, mostOver100: 0 };
const mostUpdatesPerSecond = 10;
const tries = 5;

/** Milliseconds from the request of the page to a frame that can be used: transport drawn, main thread idle. */
async function timeToInteractive(): Promise<number> {
  const playground = await openPlayground(browser, '', {
    wait: false,
    prepare: (page) =>
      page.addInitScript(() => {
        const look = () => {
          const drawn =
            document.querySelector('[role="status"]') && document.querySelector('[role="slider"]');
          if (!drawn) requestAnimationFrame(look);
          else requestIdleCallback(() => performance.mark('interactive'));
        };
        requestAnimationFrame(look);
      }),
  });
  const { page } = playground;
  await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0);
  const time = await page.evaluate(() => performance.getEntriesByName('interactive')[0].startTime);
  await playground.close();
  return time;
}

test(`the page can be used within ${interactiveWithin} ms`, async ({ annotate }) => {
  const times: number[] = [];
  for (let i = 0; i < tries && !times.some((time) => time <= interactiveWithin); i++) {
    times.push(await timeToInteractive());
  }
  await annotate(`usable after ${times.map(Math.round).join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThanOrEqual(interactiveWithin);
});

test(`the default preset on WASM shows its first loss within ${firstLossWithin} ms of Play`, async ({
  annotate,
}) => {
  const times: number[] = [];
  for (let i = 0; i < tries && !times.some((time) => time <= firstLossWithin); i++) {
    const playground = await openPlayground(browser, 'backend=wasm');
    const start = Date.now();
    await playground.play();
    const losses = playground.page.getByRole('region', { name: 'Losses' });
    await losses
      .locator('svg path[stroke-linejoin="round"][d^="M"], svg circle')
      .first()
      .waitFor({ state: 'attached' });
    times.push(Date.now() - start);
    await playground.close();
  }
  await annotate(`first loss after ${times.join(', ')} ms`);
  expect(Math.min(...times)).toBeLessThanOrEqual(firstLossWithin);
});

/** Lengths of the main thread's tasks over 50 ms, and how often the loss curves were drawn, in so many seconds. */
function watch(page: Page, seconds: number) {
  return page.evaluate(async (seconds) => {
    const tasks: number[] = [];
    const drawings = new Set<number>();
    const timing = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
    });
    const drawing = new MutationObserver(() => drawings.add(Math.round(performance.now())));
    const chart = document.querySelector('[data-panel="losses"]');
    if (!chart) throw new Error('There is no chart of losses');
    timing.observe({ type: 'longtask' });
    drawing.observe(chart, { subtree: true, attributeFilter: ['d'] });
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    timing.disconnect();
    drawing.disconnect();
    return { tasks, drawings: drawings.size };
  }, seconds);
}

test(`while training, in ${longTasks.seconds} s the main thread has at most ${longTasks.mostOver50} task over 50 ms and none over 100`, async ({
  annotate,
}) => {
  const playground = await openPlayground(browser, 'backend=wasm&preset=tiny&training.steps=50000');
  const { page, reach } = playground;
  await playground.play();
  await reach(5);
  const over = (tasks: number[], limit: number) => tasks.filter((task) => task > limit).length;
  const good = (tasks: number[]) =>
    over(tasks, 50) <= longTasks.mostOver50 && over(tasks, 100) <= longTasks.mostOver100;
  let seen = { tasks: [] as number[], drawings: 0 };
  for (let i = 0; i < tries; i++) {
    await page.waitForTimeout(3000);
    seen = await watch(page, longTasks.seconds);
    const { tasks, drawings } = seen;
    await annotate(`tasks over 50 ms: ${tasks.join(', ') || 'none'}; ${drawings} drawings of the losses`);
    expect(drawings / longTasks.seconds).toBeLessThanOrEqual(mostUpdatesPerSecond);
    if (good(tasks) && drawings > longTasks.seconds) break;
  }
  expect(seen.drawings).toBeGreaterThan(longTasks.seconds);
  expect(over(seen.tasks, 50), `${seen.tasks}`).toBeLessThanOrEqual(longTasks.mostOver50);
  expect(over(seen.tasks, 100), `${seen.tasks}`).toBeLessThanOrEqual(longTasks.mostOver100);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Microseconds of the processor. */
  tdur?: number;
  args?: { name?: string };
}

/** Milliseconds of the processor in each task of the page's main thread, which other work on the machine leaves alone. */
async function mainThreadTasks(page: Page, seconds: number): Promise<number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await page.waitForTimeout(seconds * 1000);
  const { traceEvents } = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  return traceEvents
    .filter((event) => event.name.endsWith('RunTask') && main.has(threadOf(event)))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
}

// Every evaluation is a point in four charts. What is drawn of them must not grow with the run.
test('evaluated at every step, no task of the page takes 50 ms and no more is drawn than can be seen', async ({
  annotate,
}) => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=tiny&training.evaluateEvery=1&training.sequenceLength=8&training.batchSize=1&training.steps=5000',
  );
  const { page, reach } = playground;
  const drawn = () =>
    page.evaluate(
      () => document.querySelectorAll('[data-panel="losses"] svg *, [data-panel="attention"] svg *').length,
    );
  await playground.play();
  await reach(60);
  const early = await drawn();
  await reach(240);
  const late = await drawn();
  const tasks = await mainThreadTasks(page, 8);
  const longest = Math.max(...tasks);
  await annotate(
    `${early} and ${late} elements; ${tasks.length} tasks, the longest ${longest.toFixed(1)} ms of the processor`,
  );
  expect(tasks.length).toBeGreaterThan(100);
  expect(longest).toBeLessThan(50);
  expect(late).toBeLessThan(1.5 * early);
  expect(late).toBeLessThan(700);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
