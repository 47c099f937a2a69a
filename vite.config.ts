import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { importSuffix } from './tools/importSuffix.ts';
import { ensureKernelsWasm } from './tools/kernelsWasm.ts';
import { licences } from './tools/licences.ts';
import { servedSafely } from './tools/serve/buildPlugin.ts';
import { isolation } from './tools/serve/policy.ts';
import { startWords } from './tools/serve/startWords.ts';
import { threadedWasm } from './tools/threadedWasm.ts';

const local = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Changes when a bundled teacher does, so that browsers keep no stale one. */
function teachersVersion() {
  const hash = createHash('sha256');
  const folder = local('public/teachers');
  for (const name of readdirSync(folder).sort()) {
    for (const file of ['config.json', 'tokenizer.json', 'model.safetensors']) {
      hash.update(readFileSync(`${folder}/${name}/${file}`));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Parts of @tensorflow/tfjs that a transformer has no use for: half of the worker's bytes. */
const unusedParts = ['layers', 'converter', 'data', 'backend-webgl'].map(
  (part) => `@tensorflow/tfjs-${part}`,
);

const { inPage, inWorkers } = licences();
/** What must stay with the code is in licences.txt. */
const withoutLicences = { output: { comments: { legal: false } }, checks: { pluginTimings: false } };

export default defineConfig({
  base: './',
  define: { __TEACHERS_VERSION__: JSON.stringify(teachersVersion()) },
  resolve: { alias: unusedParts.map((find) => ({ find, replacement: local('tools/unusedPart.ts') })) },
  plugins: [
    react(),
    { name: 'stillroom:kernels-wasm', configResolved: ensureKernelsWasm },
    startWords(),
    importSuffix(),
    inPage,
    servedSafely(),
  ],
  server: { port: 5173, headers: isolation },
  preview: { port: 4173, strictPort: true, headers: isolation },
  worker: {
    format: 'es',
    plugins: () => [threadedWasm(), importSuffix(), inWorkers()],
    rolldownOptions: withoutLicences,
  },
  // What public/start.js asks of a browser, and test/config/targets.test.ts holds our code to.
  build: {
    target: ['es2022', 'chrome111', 'edge111', 'firefox115', 'safari16.4'],
    rolldownOptions: withoutLicences,
    // One style sheet, which comes with the page: a panel that loads later is never without its own.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 1000,
  },
});
