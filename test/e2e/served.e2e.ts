import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
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
  const scripts = [...new Set(loaded)].filter((name) => name.endsWith('.js') && !workers.has(name));
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.map((name) => gzipSync(readFileSync(join(folder, new URL(name).pathname))).length);
  expect(bytes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(400_000);
  await page.close();
});

test('every kind of file comes with the isolation headers and its own type', async () => {
  const assets = readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`);
  const types = { js: 'text/javascript', css: 'text/css', wasm: 'application/wasm' };
  for (const [extension, type] of Object.entries(types)) {
    for (const asset of assets.filter((name) => name.endsWith(`.${extension}`))) {
      const { headers } = await fetch(url + asset);
      expect(headers.get('content-type'), asset).toContain(type);
      expect(headers.get('cross-origin-embedder-policy'), asset).toBe('require-corp');
    }
  }
  const { headers } = await fetch(url);
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
});
