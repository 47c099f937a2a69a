import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hideWebGpu, launchChromium, leaveIsolationOut } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const small = 'preset=tiny&training.batchSize=2&training.sequenceLength=16&training.steps=20';

/** What the page says about its backend when asked. */
async function explanation({ page, button }: PlaygroundPage, name: string): Promise<string> {
  await button(name).click();
  const report = page.getByRole('dialog');
  await report.getByText(`This page trains on ${name}`).waitFor();
  return report.innerText();
}

describe('in a browser with an emulated GPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: true });
  });
  afterAll(() => browser?.close());

  test('WebGPU trains where it is asked for', async () => {
    const playground = await openPlayground(browser, `backend=webgpu&${small}`);
    await playground.steps(2);
    expect(await playground.status()).toBe('Step 2 of 20 · WebGPU');
    expect(await explanation(playground, 'WebGPU')).toMatch(/asks for it.*emulated on the processor/s);
    expect(playground.errors).toEqual([]);
    await playground.close();
  });

  test('WASM is chosen instead of an emulated GPU, and the page says why', async () => {
    const playground = await openPlayground(browser, small);
    expect(await playground.status()).toBe('Step 0 of 20 · WASM');
    expect(await explanation(playground, 'WASM')).toContain('emulated in software');
    await playground.close();
  });

  test('WASM is chosen where the browser has no WebGPU, and the page says why', async () => {
    const playground = await openPlayground(browser, small, { prepare: hideWebGpu });
    await playground.steps(1);
    expect(await explanation(playground, 'WASM')).toContain('This browser has no WebGPU');
    await playground.close();
  });

  test('a page that is not isolated trains on one thread, and says so', async () => {
    const playground = await openPlayground(browser, `backend=wasm&${small}`, { prepare: leaveIsolationOut });
    await playground.steps(2);
    expect(await explanation(playground, 'WASM')).toContain(
      'It computes on one thread. For more, the server',
    );
    expect(playground.errors).toEqual([]);
    await playground.close();
  });

  test('the tiny preset is one click away from where the page says that it is slow', async () => {
    const playground = await openPlayground(browser, 'training.batchSize=2&training.sequenceLength=16');
    await explanation(playground, 'WASM');
    await playground.button('Open the tiny preset').click();
    await playground.page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await playground.page.evaluate(() => document.activeElement?.textContent)).toBe('WASM');
    await playground.ready();
    expect(new URL(playground.page.url()).searchParams.get('preset')).toBe('tiny');
    await playground.steps(1);
    await playground.close();
  });
});

describe('in a browser without a GPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: false });
  });
  afterAll(() => browser?.close());

  test('WASM is chosen, and the page says why', async () => {
    const playground = await openPlayground(browser, small);
    await playground.steps(1);
    expect(await explanation(playground, 'WASM')).toMatch(/has no WebGPU|offers no GPU/);
    await playground.close();
  });

  test('the CPU trains where it is asked for', async () => {
    const playground = await openPlayground(browser, `backend=cpu&${small}`);
    await playground.steps(2);
    expect(await playground.status()).toMatch(/ · CPU$/);
    expect(playground.errors).toEqual([]);
    await playground.close();
  });

  test('WebGPU asked for in vain fails with words that say the way on', async () => {
    const playground = await openPlayground(browser, `backend=webgpu&${small}`, { wait: false });
    const failure = playground.page.getByRole('alert');
    await failure.getByText('WebGPU is not available here. Remove “backend” from the address').waitFor();
    expect(await playground.status()).toBe('Step 0 of 20 · stopped');
    await failure.getByRole('link', { name: 'Open it on what this browser has' }).click();
    await expect.poll(playground.status).toBe('Step 0 of 20 · WASM');
    await playground.close();
  });
});
