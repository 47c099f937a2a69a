import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20';
const { folder } = inject('served');
const teacherFile = (teacher: string, name: string) => readFileSync(join(folder, 'teachers', teacher, name));
const weights = teacherFile('stories-4x32', 'model.safetensors');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

type Fault = (page: Page) => Promise<unknown>;
const instead =
  (file: string, body: Buffer, status = 200): Fault =>
  (page) =>
    page.route(`**/teachers/**/${file}`, (route) =>
      route.fulfill({ status, body, contentType: 'application/octet-stream' }),
    );

const faults: [what: string, fault: Fault, words: RegExp][] = [
  [
    'truncated',
    instead('model.safetensors', weights.subarray(0, 100_000)),
    /weights are incomplete.*ends after 100,000 bytes/s,
  ],
  ['cut in their header', instead('model.safetensors', weights.subarray(0, 40)), /weights are incomplete/],
  [
    'of another vocabulary',
    instead('tokenizer.json', teacherFile('stories-4x128', 'tokenizer.json')),
    /different vocabularies.*2,048 tokens.*1,024/s,
  ],
  [
    'of another shape',
    instead('config.json', teacherFile('stories-4x128', 'config.json')),
    /different vocabularies|do not fit the model/,
  ],
  ['not there', instead('model.safetensors', Buffer.from('none'), 404), /answered 404 to model\.safetensors/],
  [
    'out of reach',
    (page) => page.route('**/teachers/**/model.safetensors', (route) => route.abort('internetdisconnected')),
    /model\.safetensors did not arrive/,
  ],
];

test.each(faults)(
  'weights that are %s: words, and trying again works once they are whole',
  async (_, fault, words) => {
    const playground = await openPlayground(browser, tiny, { prepare: fault, wait: false });
    const { page, button, status } = playground;
    const failure = page.getByRole('alert');
    await expect.poll(() => failure.innerText()).toMatch(words);
    expect(await status()).toMatch(/^Step 0 of 20 · stopped/);
    expect(await button('Play').isEnabled()).toBe(false);

    // What is still wrong is said again.
    await button('Try again').click();
    await expect.poll(() => failure.innerText()).toMatch(words);

    await page.unrouteAll();
    await button('Try again').click();
    await playground.ready();
    expect(await failure.count()).toBe(0);
    await playground.steps(1);
    await playground.close();
  },
);
