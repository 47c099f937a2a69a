import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { cacheForever, headers as policy } from '../../tools/serve/policy';
import { launchChromium } from '../support/chromium';

const { url, folder } = inject('served');
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('the page is cross-origin isolated, loads without errors and asks no other origin', async () => {
  const page = await browser.newPage();
  const errors: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== new URL(url).origin) elsewhere.push(request.url());
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(errors).toEqual([]);
  expect(elsewhere).toEqual([]);
  await page.close();
});

test('JavaScript before the worker and the model is at most 400 KB gzipped', async () => {
  const page = await browser.newPage();
  const workers = new Set<string>();
  page.on('worker', (worker) => workers.add(worker.url()));
  await page.goto(url, { waitUntil: 'networkidle' });
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => entry.name),
  );
  // The worker's own parts are listed too, as if the page had asked for them.
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  for (const worker of [...workers]) {
    const text = readFileSync(join(folder, new URL(worker).pathname), 'utf8');
    for (const [, part] of text.matchAll(/\bfrom\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) {
      if (!html.includes(part)) workers.add(new URL(part, worker).href);
    }
  }
  const scripts = [...new Set(loaded)].filter((name) => name.endsWith('.js') && !workers.has(name));
  expect(scripts.length).toBeGreaterThan(0);
  const sizes = scripts.map((name) => {
    const file = new URL(name).pathname;
    return [file, gzipSync(readFileSync(join(folder, file))).length] as const;
  });
  const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  const kilobytes = (size: number) => `${(size / 1000).toFixed(1)} KB`;
  const each = sizes.map(([file, size]) => `${file.split('/').at(-1)} ${kilobytes(size)}`);
  // biome-ignore lint/suspicious/noConsole: what is left of the allowance is for whoever adds to the page
  console.info(`JavaScript of the first load, gzipped: ${kilobytes(bytes)} (${each.join(', ')})`);
  expect(bytes).toBeLessThanOrEqual(400_000);
  await page.close();
});

test('every kind of file comes under the policy, with its own type, kept for as long as it is true', async () => {
  const assets = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const types = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm', woff2: 'font/woff2' };
  for (const [extension, type] of Object.entries(types)) {
    const some = assets.filter((name) => name.endsWith(`.${extension}`));
    expect(some.length, extension).toBeGreaterThan(0);
    for (const asset of some) {
      // Named by their content: a name without a hash would be kept for a year and then be stale.
      expect(asset).toMatch(/-[\w-]{8}\.\w+$/);
      const { headers } = await fetch(url + asset);
      expect(headers.get('content-type'), asset).toContain(type);
      expect(headers.get('cache-control'), asset).toBe(cacheForever);
      for (const [name, value] of Object.entries(policy)) expect(headers.get(name), asset).toBe(value);
    }
  }
  const { headers } = await fetch(url);
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('cache-control')).toBe('no-cache');
  for (const [name, value] of Object.entries(policy)) expect(headers.get(name)).toBe(value);
});

test('what is missing is missing, and never the page', async () => {
  for (const path of ['assets/nothing.js', 'package.json', 'teachers/none/config.json', 'nothing']) {
    expect((await fetch(url + path)).status, path).toBe(404);
  }
});

test('the code comes without licences, which lie beside it', async () => {
  const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
  const comments = scripts.map((name) => {
    const text = readFileSync(join(folder, 'assets', name), 'utf8');
    return (text.match(/\/\*[!*][\s\S]*?\*\//g) ?? []).join('').length;
  });
  // What jax-js and tfjs keep in texts of their own.
  expect(comments.reduce((sum, length) => sum + length)).toBeLessThan(20_000);
  const licences = await (await fetch(`${url}licences.txt`)).text();
  for (const name of [
    '@tensorflow/tfjs-core',
    '@jax-js/jax',
    'react-dom',
    'zod',
    '@fontsource-variable/inter',
  ]) {
    expect(licences).toContain(`${name} `);
  }
  for (const words of ['Apache License', 'Version 2.0, January 2004', 'Copyright', 'SIL OPEN FONT LICENSE']) {
    expect(licences.toLowerCase()).toContain(words.toLowerCase());
  }
});
