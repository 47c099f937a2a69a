/** What the build adds for whoever serves the page: the policy in the page itself, `_headers`, compressed files. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { headersFile, metaPolicy } from './policy.ts';

/** Fonts and pictures are compressed already. */
const compressible = /\.(html|js|css|svg|json|wasm|txt|tsv|md|safetensors)$/;
/** Below that a header costs as much as it saves, in bytes. */
const leastBytes = 1024;
/** Compressed is kept only where it saves this share: weights are nearly noise. */
const leastSaving = 0.05;

const packers = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, {
      params: {
        // The last two levels gain 2 % and cost ten times the time.
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gz: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

/** Puts `x.br` and `x.gz` beside what is worth it, as sirv, nginx and Caddy serve them. */
export async function compressFolder(folder: string): Promise<void> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    // Links are not served, and neither is a copy of what they lead to.
    if (!entry.isFile() || !compressible.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    if (bytes.length < leastBytes) continue;
    for (const [extension, pack] of Object.entries(packers)) {
      const packed = await pack(bytes);
      if (packed.length <= bytes.length * (1 - leastSaving)) writeFileSync(`${path}.${extension}`, packed);
    }
  }
}

export function servedSafely(): Plugin {
  let folder = '';
  return {
    name: 'stillroom:served-safely',
    apply: 'build',
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
          // Before anything that it is about.
          injectTo: 'head-prepend',
        },
      ],
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      handler: () => compressFolder(folder),
    },
  };
}
