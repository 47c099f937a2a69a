/** Engines in Chromium: the bundle that the page's own build makes, served cross-origin isolated on this machine. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build, type InlineConfig, preview } from 'vite';
import { ensureBrowser, launchOptions } from '../browser';
import type { Host, Say } from './host';

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function browserHost(say: Say): Promise<Host> {
  ensureBrowser();
  say('Building the bundle ...');
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-bench-'));
  const config: InlineConfig = {
    configFile: local('../../vite.config.ts'),
    root: local('.'),
    publicDir: local('../../public'),
    logLevel: 'error',
  };
  await build({ ...config, build: { outDir: folder, emptyOutDir: true, chunkSizeWarningLimit: Infinity } });
  const server = await preview({
    ...config,
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0, open: false },
  });
  const [url] = server.resolvedUrls!.local;

  /** In a browser of its own, so that no group finds the compiled shaders of another. */
  const launch = () => chromium.launch(launchOptions({ webgpu: true }));
  const first = await launch();
  const name = `Chromium ${first.version()}`;
  await first.close();
  /** What `measure` gives on a page of its own. */
  const onPage = async <T>(measure: (page: Page) => Promise<T>): Promise<T> => {
    const browser = await launch();
    try {
      const page = await browser.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error') say(message.text());
      });
      await page.exposeFunction('say', say);
      await page.goto(url);
      return await measure(page);
    } finally {
      await browser.close();
    }
  };
  return {
    name,
    measure: (...asked) =>
      onPage((page) => page.evaluate(([group, pace]) => globalThis.bench(group, pace), asked)),
    measureMethods: (...asked) =>
      onPage((page) => page.evaluate(([backend, pace]) => globalThis.benchMethods(backend, pace), asked)),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
