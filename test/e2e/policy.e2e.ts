/** A whole visit under the page's policy: nothing that it forbids is even tried, and nothing leaves for elsewhere. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launchChromium, prependToScripts } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';
import { englishText } from '../support/texts';

const { url } = inject('served');

/** Two cores for everybody; and every thread of the page tells what the policy kept it from, once. */
const watch = `if (!globalThis.watched) {
  globalThis.watched = true;
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    console.error('policy: ' + violatedDirective + ' ' + blockedURI));
}`;

/** Requests to other servers, as they come. */
function watchRequests(page: Page): string[] {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) elsewhere.push(request.url());
  });
  return elsewhere;
}

async function open(browser: Browser, query: string) {
  let elsewhere: string[] = [];
  const playground = await openPlayground(browser, query, {
    prepare: async (page) => {
      elsewhere = watchRequests(page);
      await page.addInitScript(watch);
      await prependToScripts(page, watch);
    },
  });
  return { ...playground, elsewhere };
}

const close = (page: Page) => page.keyboard.press('Escape');

/** Opens everything that opens. */
async function lookAround({ page, button }: PlaygroundPage) {
  await button('Softmax lab').click();
  await page.getByRole('region', { name: /softmax lab/i }).waitFor();
  await button('Tokenizer').click();
  await page.getByRole('dialog').waitFor();
  await close(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await button('Share').click();
  await page.getByRole('textbox', { name: /link/i }).waitFor();
  await close(page);
  await button(/tiny/).click();
  await page.getByRole('menuitem').first().waitFor();
  await close(page);
  await button(/^Theme: as the system/).click();
  await button(/^Theme: light/).click();
  await button(/^Let Losses fill the screen/).click();
  await button(/^Back to all panels/).click();
  await page.getByRole('slider', { name: 'View at T' }).first().press('ArrowRight');
}

/** A style by script must be caught, by the header and by the `<meta>`, or the counts above mean nothing. */
async function provoke({ page, errors }: PlaygroundPage) {
  const before = errors.length;
  await page.evaluate(() => {
    const style = document.createElement('style');
    style.textContent = 'p { color: red }';
    document.head.append(style);
  });
  await expect
    .poll(() => errors.slice(before).filter((words) => words.includes('policy: style-src')).length)
    .toBe(2);
}

describe('in a browser without a GPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: false });
  });
  afterAll(() => browser?.close());

  test('a visit on threads of WASM breaks no rule and asks no other server', async () => {
    const playground = await open(
      browser,
      'backend=wasm&preset=tiny&training.batchSize=4&training.steps=2000',
    );
    const { page, button } = playground;
    await playground.play();
    await playground.reach(5);
    await lookAround(playground);
    await playground.pause();
    await button('WASM').click();
    await page.getByText('It computes on 2 threads.').waitFor();
    await button('How fast is this?').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Measure', exact: true }).click();
    await button('Measure again').waitFor({ timeout: 120_000 });
    await close(page);

    await button(/^Text/).click();
    await button('Use your own text…').click();
    const file = { name: 'village.txt', mimeType: 'text/plain', buffer: Buffer.from(englishText()) };
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(file);
    await page.getByText('“village.txt” can be used').waitFor();
    await close(page);

    expect(playground.elsewhere).toEqual([]);
    expect(playground.errors).toEqual([]);
    await provoke(playground);
    await playground.close();
  });

  test('threads that may not start are done without, and the page says so', async () => {
    const playground = await openPlayground(browser, 'backend=wasm&preset=tiny&training.batchSize=2', {
      prepare: async (page) => {
        // Requests of a worker's own workers can't be kept from here: it asks for a script that is not there.
        const mislead = `if (globalThis.name === 'stillroom') {
          const Usual = Worker;
          globalThis.Worker = function (url, options) {
            return new Usual(String(url).includes('tfjsThread') ? '/nothing.js' : url, options);
          };
        }`;
        await prependToScripts(page, `${watch};${mislead}`);
      },
    });
    await playground.steps(1);
    await playground.button('WASM').click();
    await playground.page.getByText('It computes on one thread: others did not start.').waitFor();
    await playground.close();
  });

  test('one lost request for WebAssembly costs nothing', async () => {
    let lost = 0;
    const playground = await openPlayground(browser, 'preset=tiny&training.batchSize=2', {
      prepare: async (page) => {
        await prependToScripts(page, watch);
        await page.route('**/assets/*.wasm', (route) => (lost++ < 1 ? route.abort() : route.continue()));
      },
    });
    expect(lost).toBeGreaterThan(1);
    expect(await playground.status()).toMatch(/ · WASM$/);
    await playground.steps(1);
    await playground.close();
  });

  test('WebAssembly that does not arrive is named as the reason', async () => {
    const playground = await openPlayground(
      browser,
      'preset=tiny&training.batchSize=1&training.sequenceLength=8',
      {
        prepare: (page) => page.route('**/assets/*.wasm', (route) => route.abort()),
      },
    );
    await playground.button('CPU').click();
    await playground.page.getByText('The files for WebAssembly did not arrive').waitFor();
    await playground.close();
  });
});

describe('in a browser with an emulated GPU', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu: true });
  });
  afterAll(() => browser?.close());

  test('a visit on WebGPU breaks no rule and asks no other server', async () => {
    const tiny = 'preset=tiny&training.batchSize=2&training.sequenceLength=16&training.steps=2000';
    const playground = await open(browser, `backend=webgpu&${tiny}`);
    await playground.play();
    await playground.reach(2);
    await lookAround(playground);
    await playground.pause();
    expect(playground.elsewhere).toEqual([]);
    expect(playground.errors).toEqual([]);
    await provoke(playground);
    await playground.close();
  });
});
