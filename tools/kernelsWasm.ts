/**
 * Compiles the AssemblyScript of the fused kernels (`*.as.ts` in src/kernels) to `src/kernels/wasm-build/`, which git
 * ignores. As a command (`tsx tools/kernelsWasm.ts`) it always compiles; `ensureKernelsWasm` only what is out of date.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const kernels = join(root, 'src/kernels');
const target = join(kernels, 'wasm-build');

const relaxed = ['--enable', 'relaxed-simd'];
/** tfjs's threaded binary has shared memory of at most 4 GiB, and what imports a memory has to name its kind. */
const shared = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];

/** One source, four binaries: for each kind of memory with and without fused multiply-add. */
const variants: Record<string, string[]> = {
  'kernels.wasm': [],
  'kernels-relaxed.wasm': relaxed,
  'kernels-shared.wasm': shared,
  'kernels-shared-relaxed.wasm': [...shared, ...relaxed],
};

const options = [
  '-O3',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--importMemory',
  '--noExportMemory',
];

/** Compiles unless every binary is newer than every source. */
export async function ensureKernelsWasm() {
  const sources = readdirSync(kernels, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.as.ts'))
    .map((path) => join(kernels, path));
  const newest = Math.max(...[...sources, fileURLToPath(import.meta.url)].map((path) => changed(path)));
  if (Object.keys(variants).every((name) => changed(join(target, name)) > newest)) return;
  await compileKernelsWasm();
}

/** Milliseconds since 1970; 0 where there is no file. */
const changed = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

async function compileKernelsWasm() {
  // The compiler takes a second to load, which only those who need it should wait for.
  const { default: asc } = await import('assemblyscript/asc');
  mkdirSync(target, { recursive: true });
  for (const [name, features] of Object.entries(variants)) {
    const out = join(target, name);
    // Written beside and moved, since several projects of vitest may compile at the same time.
    const draft = `${out}.${randomUUID()}`;
    const command = ['src/kernels/backends/wasmModule.as.ts', ...options, ...features, '--outFile', draft];
    const { error, stderr } = await asc.main([...command, '--baseDir', root]);
    if (error) throw new Error(`The kernels' WebAssembly doesn't compile: ${error.message}\n${stderr}`);
    renameSync(draft, out);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileKernelsWasm();
