import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { ensureKernelsWasm } from './tools/kernelsWasm.ts';
import { threadedWasm } from './tools/threadedWasm.ts';

/** Cross-origin isolation: WASM threads need it. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

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

export default defineConfig({
  base: './',
  define: { __TEACHERS_VERSION__: JSON.stringify(teachersVersion()) },
  resolve: { alias: unusedParts.map((find) => ({ find, replacement: local('tools/unusedPart.ts') })) },
  plugins: [react(), { name: 'stillroom:kernels-wasm', configResolved: ensureKernelsWasm }],
  server: { port: 5173, headers: isolation },
  preview: { port: 4173, strictPort: true, headers: isolation },
  worker: { format: 'es', plugins: () => [threadedWasm()] },
  build: { target: 'es2022' },
});
