/** There is always something to read, and a way on: whatever does not arrive, and whatever happens to the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

const { url, folder } = inject('served');
const tiny = 'backend=wasm&preset=tiny&training.batchSize=2&training.steps=3000';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

async function blank(prepare: (page: Page) => Promise<unknown>, address = url): Promise<Page> {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await prepare(page);
  await page.goto(address);
  return page;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

test('opened as a file, the page says what it needs', async () => {
  const page = await blank(async () => {}, pathToFileURL(join(folder, 'index.html')).href);
  await heading(page, 'Stillroom needs a server');
  expect(await page.getByRole('heading').count()).toBe(1);
});

test('a browser that is too old is named as the reason, unless the page runs in it', async () => {
  const old = (page: Page) => page.addInitScript(() => Reflect.deleteProperty(Array.prototype, 'toSorted'));
  const page = await blank(async (page) => {
    await old(page);
    await page.route('**/assets/index-*.js', (route) => route.abort());
  });
  await heading(page, 'This browser is too old for Stillroom');
  expect(await page.getByRole('heading').count()).toBe(1);

  const running = await blank(old);
  await running.getByRole('button', { name: 'Play' }).waitFor();
  expect(await running.locator('.start:visible').count()).toBe(0);
});

test.each([
  ['does not arrive', { abort: true }],
  ['comes as plain text', { contentType: 'text/plain' }],
])(
  'a main script that %s is said, and a reload helps',
  async (_, { abort, contentType }: { abort?: boolean; contentType?: string }) => {
    let broken = true;
    const page = await blank((page) =>
      page.route('**/assets/index-*.js', async (route) => {
        if (!broken) return route.continue();
        if (abort) return route.abort();
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), 'content-type': contentType! } });
      }),
    );
    await heading(page, 'A part of Stillroom did not arrive');
    broken = false;
    await page.getByRole('button', { name: 'Reload the page' }).click();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    expect(await page.getByText('A part of Stillroom did not arrive').isVisible()).toBe(false);
  },
);

test('a style sheet that does not arrive is said, above a page that works', async () => {
  const page = await blank((page) => page.route('**/assets/style-*.css', (route) => route.abort()));
  await heading(page, 'The page has no style');
  await page.getByRole('button', { name: 'Play' }).waitFor();
});

test('a slow page says that it is on its way, and is quiet once it is there', async () => {
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const page = await blank(async (page) => {
    await page.route('**/assets/index-*.js', async (route) => {
      await arrived;
      await route.continue();
    });
    // Not to wait for a module that does not come.
    page.goto = (
      (goto) => (address: string) =>
        goto.call(page, address, { waitUntil: 'commit' })
    )(page.goto);
  });
  await heading(page, 'Stillroom is starting');
  arrive();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  expect(await page.locator('.start:visible').count()).toBe(0);
});

test('panels that did not load are asked for again, and come', async () => {
  const asked: string[] = [];
  const playground = await openPlayground(browser, tiny, {
    prepare: (page) =>
      page.route('**/assets/PanelByName-*.js*', (route) => {
        asked.push(route.request().url());
        return asked.length < 3 ? route.abort() : route.continue();
      }),
  });
  const { page } = playground;
  const stopped = page.getByRole('alert').filter({ hasText: 'This panel stopped' });
  await expect.poll(() => stopped.count()).toBe(4);
  // Still gone: it says so again.
  await stopped.first().getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => asked.length).toBe(2);
  await expect.poll(() => stopped.count()).toBe(4);
  await stopped.first().getByRole('button', { name: 'Try again' }).click();
  // One try is for all of them.
  await page.getByRole('region', { name: 'Predictions' }).waitFor();
  await page.getByRole('region', { name: 'Scoreboard' }).waitFor();
  expect(await stopped.count()).toBe(0);
  expect(new Set(asked).size).toBe(3);
  await playground.steps(1);
  await playground.close();
});

test('a part that loads later needs nothing else that loads later, so that it can be asked for again', () => {
  const assets = join(folder, 'assets');
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const importsOf = (file: string) => {
    const text = readFileSync(join(assets, file), 'utf8');
    const names = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name);
    return {
      at_once: names(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g),
      later: names(/\bimport\(["'`]\.\/([\w.-]+\.js)["'`]/g),
    };
  };
  const first = new Set([...page.matchAll(/assets\/([\w.-]+\.js)/g)].map(([, name]) => name));
  for (const file of first) for (const needed of importsOf(file).at_once) first.add(needed);
  const later = [...first].flatMap((file) => importsOf(file).later);
  expect(later.length).toBeGreaterThan(0);
  for (const file of later) {
    expect(readdirSync(assets)).toContain(file);
    expect(
      importsOf(file).at_once.filter((needed) => !first.has(needed)),
      file,
    ).toEqual([]);
  }
});

/** As Chrome's translator does: elements in place of text nodes, with other words. Watches for new text, as it does. */
function translate() {
  const isOurs = (node: Node) => node.parentElement?.closest('font, script, style, textarea, [translate=no]');
  const words = (root: Node) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const found: Text[] = root.nodeType === Node.TEXT_NODE ? [root as Text] : [];
    while (walker.nextNode()) found.push(walker.currentNode as Text);
    return found.filter((node) => /\S/.test(node.data) && node.isConnected && !isOurs(node));
  };
  const replace = (node: Text) => {
    const outer = document.createElement('font');
    outer.append(document.createElement('font'));
    outer.firstElementChild!.textContent = `«${node.data}»`;
    node.replaceWith(outer);
  };
  for (const node of words(document.body)) replace(node);
  new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const added of addedNodes) for (const node of words(added)) replace(node);
  }).observe(document.body, { childList: true, subtree: true });
}

test('a page that the browser translates lives on, and says what is', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, errors } = playground;
  const status = async () => (await playground.status()).replace(/[«»]/g, '');
  await page.evaluate(translate);
  await page.getByRole('button', { name: /Play/ }).click();
  await expect
    .poll(async () => Number(/Step (\d+) of/.exec(await status())?.[1]), { timeout: 30_000 })
    .toBeGreaterThan(5);
  await page.getByRole('button', { name: /Pause/ }).click();
  await page.getByRole('slider', { name: 'View at T' }).first().press('ArrowRight');
  await expect
    .poll(async () =>
      (await page.getByRole('region', { name: 'Temperature' }).first().innerText()).replace(/[«»\s]/g, ''),
    )
    .toContain('T=2.1');
  await page.getByRole('button', { name: /tiny/ }).first().click();
  await page.getByRole('menuitem', { name: /temperature sweep/ }).click();
  await expect.poll(status, { timeout: 60_000 }).toMatch(/^Step 0 of \d+ · WASM$/);
  const lab = page.getByRole('button', { name: /Softmax lab/ }).first();
  await lab.click();
  await page.getByRole('region', { name: /softmax lab/i }).waitFor();
  await lab.click();
  await page.getByRole('region', { name: /softmax lab/i }).waitFor({ state: 'hidden' });
  expect(await page.getByRole('heading', { name: 'The page stopped' }).count()).toBe(0);
  expect(errors).toEqual([]);
  await playground.close();
});

test('a page that breaks all the same says so, in plain words with a way on', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page } = playground;
  const lab = playground.button('Softmax lab');
  await lab.click();
  await page.getByRole('region', { name: /softmax lab/i }).waitFor();
  // What stands for a formula until it is typeset is taken away within a panel, which has a boundary of its own.
  await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
  // As extensions do that move the page's elements about.
  await page.evaluate(() => {
    const { removeChild } = Node.prototype;
    Node.prototype.removeChild = () => {
      Node.prototype.removeChild = removeChild;
      throw new DOMException('The node to be removed is not a child of this node.', 'NotFoundError');
    };
  });
  // Whatever takes an element away first breaks it; that may be before the click.
  await lab.click({ timeout: 3000 }).catch(() => {});
  const words = page.getByRole('heading', { name: 'The page stopped' });
  await words.waitFor();
  await page.getByRole('paragraph').filter({ hasText: 'Your run is kept' }).waitFor();
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await page.getByRole('button', { name: /Play|Pause/ }).waitFor();
  await playground.close();
});
