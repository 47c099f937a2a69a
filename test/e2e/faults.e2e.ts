/** What used to lose work or wait for ever, on the built page. */
import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, prependToScripts } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';
import { onWord, say } from '../support/workerWords';

const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

describe('work', () => {
  test('is not lost at a reload while it plays: not one step', async () => {
    const playground = await openPlayground(browser, long);
    await playground.play();
    await playground.reach(40);
    const seen = await playground.step();
    await playground.page.reload();
    await playground.ready();
    expect(await playground.step()).toBeGreaterThanOrEqual(seen);
    await playground.steps(1);
    expect(playground.errors).toEqual([]);
    await playground.close();
  });

  test('of a tab that is closed while it plays goes on in the next one', async () => {
    const playground = await openPlayground(browser, long);
    const { page } = playground;
    await playground.play();
    await playground.reach(40);
    const seen = await playground.step();
    const next = await page.context().newPage();
    const address = new URL('?backend=wasm', page.url()).href;
    await page.close({ runBeforeUnload: true });
    await next.goto(address);
    const status = next.getByRole('status').first();
    await expect
      .poll(async () => Number(/Step (\d+)/.exec(await status.innerText())?.[1] ?? 0))
      .toBeGreaterThanOrEqual(seen);
    await playground.close();
  });

  test('of a duplicated tab is its own: Reset in one leaves the other’s run alone', async () => {
    const playground = await openPlayground(browser, long);
    const { page } = playground;
    await playground.play();
    await playground.reach(20);
    const rested = await playground.pause();
    const name = await page.evaluate(() => sessionStorage.getItem('stillroom-tab'));
    const copy = await page.context().newPage();
    await copy.addInitScript((name) => {
      if (!sessionStorage.getItem('stillroom-tab')) sessionStorage.setItem('stillroom-tab', name);
    }, name!);
    await copy.goto(page.url());
    const status = copy.getByRole('status').first();
    await expect.poll(() => status.innerText()).toContain(`Step ${rested} of`);
    expect(await copy.evaluate(() => sessionStorage.getItem('stillroom-tab'))).not.toBe(name);
    await copy.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect.poll(() => status.innerText()).toContain('Step 0 of');
    await copy.close();
    await page.reload();
    await playground.ready();
    expect(await playground.step()).toBe(rested);
    await playground.close();
  });

  test('is saved as a file, and opened from it in another browser', async () => {
    const playground = await openPlayground(browser, long);
    const { page } = playground;
    await playground.play();
    await playground.reach(10);
    const rested = await playground.pause();
    await playground.button('Kept here').click();
    const downloading = page.waitForEvent('download');
    await playground.button('Save this run as a file').click();
    const buffer = await readFile(await (await downloading).path());
    await playground.close();

    const other = await openPlayground(browser, 'backend=wasm&preset=tiny');
    await other.button('Kept here').click();
    const choosing = other.page.waitForEvent('filechooser');
    await other.button('Open a run file').click();
    await (await choosing).setFiles({ name: 'run.json', mimeType: 'application/json', buffer });
    await expect.poll(other.step).toBe(rested);
    expect(await other.status()).toContain('of 20000');
    await other.steps(1);

    // Half of a file is refused, and the run that is open stays.
    await other.button('Kept here').click();
    const again = other.page.waitForEvent('filechooser');
    await other.button('Open a run file').click();
    const half = buffer.subarray(0, buffer.length / 2);
    await (await again).setFiles({ name: 'half.json', mimeType: 'application/json', buffer: half });
    await other.page.getByText('The file is incomplete').waitFor();
    await other.page.keyboard.press('Escape');
    await other.ready();
    expect(await other.step()).toBe(rested + 1);
    await other.close();
  });
});

describe('a worker', () => {
  test.each([
    ['that ends by itself', 'self.close();'],
    ['that hangs', 'for (;;) {}'],
    ['that throws', `setTimeout(() => { throw new Error('out of thin air'); });`],
  ])('%s is noticed within two seconds, and the run plays on', async (_, code) => {
    const playground = await openPlayground(browser, long, {
      prepare: (page) => prependToScripts(page, onWord('fault', code)),
    });
    await playground.play();
    await playground.reach(30);
    const start = performance.now();
    await say(playground.page, 'fault');
    await playground.notice('The training stopped unexpectedly');
    // Two seconds, and what the test itself takes to see it.
    expect(performance.now() - start).toBeLessThan(2500);
    const seen = await playground.step();
    expect(seen).toBeGreaterThanOrEqual(30);
    await playground.reach(seen + 5);
    await playground.button('Pause').click();
    await playground.button('Reset').click();
    await expect.poll(playground.step).toBe(0);
    await playground.close();
  });
});

test('storage that never answers keeps nobody waiting', async () => {
  const silent = `IDBFactory.prototype.open = () => Object.assign(Object.create(IDBOpenDBRequest.prototype), {
    addEventListener() {}, removeEventListener() {},
  });`;
  const playground = await openPlayground(browser, long, {
    prepare: (page) => prependToScripts(page, silent),
  });
  await playground.play();
  await playground.reach(5);
  await playground.notice('The browser’s storage doesn’t answer');
  await playground.close();
});
