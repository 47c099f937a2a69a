import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const short = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=40&training.evaluateEvery=5';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** Begins to keep what a screen reader is given to speak: every text that comes into a live region, with its place. */
const listen = ({ page }: PlaygroundPage) =>
  page.evaluate(() => {
    const live =
      '[aria-live="polite"], [aria-live="assertive"], [role="alert"], [role="log"], output, [role="status"]:not([aria-live="off"])';
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    new MutationObserver((changes) => {
      const regions = new Set(
        changes.flatMap(({ target }) => {
          const element = target instanceof Element ? target : target.parentElement;
          return element?.closest(live) ?? [];
        }),
      );
      for (const region of regions) if (region.textContent) spoken.push(region.textContent);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
const spoken = ({ page }: PlaygroundPage) =>
  page.evaluate(() => (window as unknown as { spoken: string[] }).spoken);

test('a run is spoken of when it starts, rests and ends, and on request; never step by step', async () => {
  const playground = await openPlayground(browser, short);
  const { page } = playground;
  await playground.predictionsAt(0);
  await page.waitForTimeout(600);
  await listen(playground);
  await playground.play();
  await expect.poll(playground.status, { timeout: 60_000 }).toContain('finished');
  await expect.poll(() => spoken(playground)).toContainEqual('Finished: all 40 steps are done.');
  // What follows the end, such as the measured times, is looked at and not spoken.
  await page.waitForTimeout(1500);
  const all = await spoken(playground);
  expect(all[0]).toBe('Training starts: 40 steps.');
  expect(all.length, all.join('\n')).toBeLessThanOrEqual(5);

  await page.keyboard.press('i');
  await expect
    .poll(async () => (await spoken(playground)).at(-1))
    .toMatch(
      /^Finished: all 40 steps are done\..*distilled: loss \d.*masked words right at step \d+, KL to the teacher/,
    );
  const told = (await spoken(playground)).length;
  const ask = page.getByRole('button', { name: 'Say where the run stands (key: I)' });
  await ask.focus();
  const box = await ask.boundingBox();
  expect(box?.width).toBeGreaterThan(100);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await spoken(playground)).length).toBe(told + 1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('messages for information leave by themselves, but not while they are read; the page ends above them', async () => {
  const playground = await openPlayground(browser, `${short}&no.such=1`);
  const { page, button } = playground;
  const messages = page.getByRole('region', { name: 'Messages' });
  const warning = messages.getByText('no.such').first();
  await warning.waitFor();
  await playground.steps(1);
  await page.getByRole('button', { name: /^Preset/ }).click();
  await page.getByRole('menuitem', { name: /tiny/ }).click();
  const info = messages.getByText('starts again from step 0');
  await info.waitFor();
  await info.hover();
  await page.waitForTimeout(9000);
  expect(await info.isVisible()).toBe(true);

  // At the end of the page the last panel stands above the messages.
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  const ends = await page.evaluate(() => {
    const bottom = (selector: string) =>
      document.querySelector(selector)?.getBoundingClientRect().bottom ?? 0;
    const top = document.querySelector('section[aria-label="Messages"]')?.getBoundingClientRect().top ?? 0;
    return { panel: bottom('[data-panel="scoreboard"]'), top };
  });
  expect(ends.panel).toBeLessThanOrEqual(ends.top);
  await button('Play').hover();
  await info.waitFor({ state: 'detached', timeout: 10_000 });
  expect(await warning.isVisible()).toBe(true);
  await playground.close();
});
