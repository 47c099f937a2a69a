/** Set-up of the end-to-end tests: builds the page once as people get it, and serves it on a free port. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serveFolder } from '../../tools/serve/server';

declare module 'vitest' {
  interface ProvidedContext {
    /** The page's address, with a slash at its end, and the folder that it is served from. */
    served: { url: string; folder: string };
  }
}

export default async function servePage(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-page-'));
  // In its own process: inside vitest NODE_ENV is `test`, and React would come in its development build.
  const build = spawnSync(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (build.status !== 0) throw new Error('The page does not build: see above.');
  const server = await serveFolder(folder, 0);
  project.provide('served', { url: server.url, folder });
  return async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  };
}
