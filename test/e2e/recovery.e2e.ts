import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, prependToScripts } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';
import { onWord, say } from '../support/workerWords';

const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=3000';

async function playTo(playground: PlaygroundPage, step: number): Promise<number> {
  await playground.play();
  await playground.reach(step);
  return playground.pause();
}

/** Step of the only run that the browser keeps. */
const keptStep = ({ page }: PlaygroundPage) =>
  page.evaluate(
    () =>
      new Promise<number | undefined>((resolve, reject) => {
        const opening = indexedDB.open('stillroom');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const reading = opening.result.transaction('records').objectStore('records').getAll();
          reading.onerror = () => reject(reading.error);
          reading.onsuccess = () => {
            opening.result.close();
            resolve(reading.result[0]?.step);
          };
        };
      }),
  );

/** Plays until `step` at least, pauses, and waits until that is kept. */
async function playAndKeep(playground: PlaygroundPage, step: number): Promise<number> {
  const rested = await playTo(playground, step);
  await expect.poll(() => keptStep(playground)).toBe(rested);
  return rested;
}

/** Ends the worker, and waits until the page says so. The same words about an earlier death would be mistaken for it. */
async function die({ page, button, notice }: PlaygroundPage) {
  const dismiss = button('Dismiss this message');
  // Some leave by themselves before they are clicked.
  while ((await dismiss.count()) > 0)
    await dismiss
      .first()
      .click({ timeout: 1000 })
      .catch(() => {});
  await say(page, 'die');
  await notice('The training stopped unexpectedly');
}

const curves = ({ page }: PlaygroundPage) =>
  page
    .getByRole('region', { name: 'Losses' })
    .locator('svg path[stroke-linejoin="round"]')
    .evaluateAll((paths) => paths.filter((path) => (path.getAttribute('d')?.length ?? 0) > 20).length);

describe('in a browser without a GPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: false });
  });
  afterAll(() => browser?.close());

  test('a closed tab is taken up where it was left, with its curves and numbers', async () => {
    const playground = await openPlayground(browser, long);
    const { page, step, status } = playground;
    const rested = await playAndKeep(playground, 6);
    await page.goto(new URL('.', page.url()).href);
    await playground.ready();
    await playground.notice(`Taken up again at step ${rested}, where it was.`);
    expect(await status()).toMatch(new RegExp(`^Step ${rested} of 3000 · `));
    await expect.poll(() => curves(playground)).toBe(8);
    await page.waitForTimeout(700);
    expect(await step()).toBe(rested);
    await playground.steps(1);

    // A number that is changed while the run rests does not cost the run.
    const again = await playAndKeep(playground, rested + 3);
    await page.getByRole('slider', { name: 'Train at T' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.url()).toContain('arms.0.temperature=2.1');
    await page.reload();
    await playground.ready();
    expect(await step()).toBe(again);
    const trained = page.getByRole('slider', { name: 'Train at T' });
    expect(await trained.getAttribute('aria-valuetext')).toBe('T = 2.1');
    expect(playground.errors).toEqual([]);
    await playground.close();
  });

  test('a finished run that another tab takes up is that tab’s own from then on', async () => {
    const playground = await openPlayground(browser, long.replace('3000', '3'));
    await playground.play();
    await playground.reach(3);
    await expect.poll(() => keptStep(playground)).toBe(3);
    const other = await playground.page.context().newPage();
    const status = async () => (await other.getByRole('status').innerText()).replace(/\s+/g, ' ');
    const isThere = () => expect.poll(status, { timeout: 60_000 }).toMatch(/^Step 3 of 3 /);
    await other.goto(new URL('.', playground.page.url()).href);
    await isThere();
    for (let reloads = 0; reloads < 2; reloads++) {
      // What it keeps is written beside all else.
      await other.waitForTimeout(1000);
      await other.reload();
      await isThere();
    }
    await playground.close();
  });

  test('Reset forgets: a reload then starts at step 0', async () => {
    const playground = await openPlayground(browser, long);
    await playAndKeep(playground, 3);
    await playground.button('Reset').click();
    await expect.poll(playground.step).toBe(0);
    await playground.ready();
    await playground.page.reload();
    await playground.ready();
    expect(await playground.step()).toBe(0);
    await playground.close();
  });

  test('a worker that dies is replaced, and the run goes on from where it was', async () => {
    const dies = onWord('die', `setTimeout(() => { throw new Error('out of thin air'); });`);
    const playground = await openPlayground(browser, long, {
      prepare: (page) => prependToScripts(page, dies),
    });
    const { page, reach } = playground;
    const rested = await playAndKeep(playground, 5);
    await playground.play();
    await reach(rested + 2);
    await die(playground);
    // It played, and plays on from where it was.
    await reach(rested + 5);
    await playground.pause();
    await expect.poll(() => curves(playground)).toBe(8);
    await playground.steps(1);

    // After a few deaths in a row it is not started again by itself, and the person decides.
    await die(playground);
    await playground.ready();
    await say(page, 'die');
    await page.getByRole('alert').getByText('The training stopped unexpectedly').waitFor();
    await playground.button('Try again').click();
    await playground.ready();
    await playground.steps(1);
    await playground.close();
  });

  test('a loss that is not finite stops the run, is named, and the weights go back to the last checkpoint', async () => {
    const breaks = `const exp = Math.exp;
      ${onWord('break', 'Math.exp = () => NaN;')}
      ${onWord('mend', 'Math.exp = exp;')}`;
    const query =
      'backend=cpu&preset=tiny&training.batchSize=1&training.sequenceLength=8&training.steps=3000';
    const playground = await openPlayground(browser, query, {
      prepare: (page) => prependToScripts(page, `{${breaks}}`),
    });
    const { page, step, reach, button } = playground;
    const rested = await playAndKeep(playground, 3);
    await playground.play();
    await reach(rested + 1);
    await say(page, 'break');
    await playground.notice('L_ce is no longer a number');
    await playground.notice(/“distilled” diverged at step \d+.*lower the learning rate/);
    await button('Play').waitFor();
    // That of the pause, or one that came due since.
    const restored = await step();
    expect(restored).toBeGreaterThanOrEqual(rested);
    expect(await keptStep(playground)).toBe(restored);
    await say(page, 'mend');
    await playground.steps(2);
    await playground.predictionsAt(restored + 2);
    expect(await page.getByRole('region', { name: 'Predictions' }).getByText('NaN').count()).toBe(0);
    await playground.close();
  });

  test('weights that diverge at once are told before they are kept', async () => {
    const query = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=50&arms.0.objective.mse=100';
    // Large values that float16 holds, 6e4, in place of every weight of the teacher.
    const playground = await openPlayground(browser, query, {
      prepare: (page) =>
        page.route('**/teachers/**/model.safetensors', async (route) => {
          const response = await route.fetch();
          const body = await response.body();
          const start = 8 + Number(body.readBigUInt64LE(0));
          for (let at = start; at + 1 < body.length; at += 2) {
            // Signs stay; so do zeros.
            const half = body.readUInt16LE(at);
            if ((half & 0x7fff) !== 0) body.writeUInt16LE((half & 0x8000) | 0x7b53, at);
          }
          await route.fulfill({ response, body });
        }),
    });
    await playground.button('Step').click();
    await playground.notice(/is no longer a number/);
    await playground.notice(/lower the learning rate/);
    expect(await playground.step()).toBe(0);
    await playground.close();
  });

  test('where nothing can be stored the page trains all the same, and says it', async () => {
    const refuses = `IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); }`;
    const playground = await openPlayground(browser, long, {
      prepare: (page) => prependToScripts(page, refuses),
    });
    await playTo(playground, 3);
    await playground.notice('Nothing can be kept in this browser');
    await playground.steps(1);
    expect(playground.errors).toEqual([]);
    await playground.close();
  });
});

describe('on WebGPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: true });
  });
  afterAll(() => browser?.close());

  test('a lost device is replaced, and the run goes on from its last state', async () => {
    const loses = `if (globalThis.GPUAdapter && globalThis.name === 'stillroom' && !globalThis.requested) {
      globalThis.requested = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...settings) {
        return (globalThis.device = await requested.apply(this, settings));
      };
    }
    ${onWord('lose', 'globalThis.device.destroy();')}`;
    const query =
      'backend=webgpu&preset=tiny&training.batchSize=2&training.sequenceLength=16&training.steps=3000';
    const playground = await openPlayground(browser, query, {
      prepare: (page) => prependToScripts(page, loses),
    });
    const { page, step, reach, button } = playground;
    const rested = await playAndKeep(playground, 2);
    await playground.play();
    await reach(rested + 1);
    await say(page, 'lose');
    await playground.notice('The GPU was lost');
    // It was playing, and plays on, from the last state: that may be a later one than that of the pause.
    await reach((await step()) + 1);
    await button('Pause').waitFor();
    const again = await playground.pause();
    await expect.poll(() => keptStep(playground)).toBe(again);

    // It rested, and rests on.
    await say(page, 'lose');
    await playground.notice(`The run goes on from step ${again}.`);
    expect(await step()).toBe(again);
    await playground.steps(1);
    expect(await playground.status()).toMatch(/ · WebGPU$/);
    await playground.close();
  });
});
