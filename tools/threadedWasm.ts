import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * Gives the threads of tfjs's WASM backend a file of their own in the build.
 *
 * tfjs starts its threads from texts that it holds in variables: that of a worker, and that of its own module factory
 * (`factory.toString()`), both as `blob:` addresses. A minifier breaks the second, and a policy that lets scripts come
 * from this site alone forbids both. Here the two texts become one file in `assets/`, named by its content, and tfjs
 * starts that.
 *
 * @throws when tfjs no longer looks as expected, so that an upgrade is noticed at build time.
 */
export function threadedWasm(): Plugin {
  return {
    name: 'stillroom:threaded-wasm',
    transform: {
      filter: { id: /tfjs-backend-wasm\/dist\/backend_wasm\.js$/ },
      handler(code, id) {
        const source = threadSource(join(dirname(id), '../wasm-out/tfjs-backend-wasm-threaded-simd'));
        const name = `tfjsThread-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.js`;
        this.emitFile({ type: 'asset', fileName: `assets/${name}`, source });
        // Spelt so that vite leaves it alone, which would look for the file before it is there.
        const address = `return new URL('./' + ${JSON.stringify(name)}, import.meta.url).href;`;
        return { code: replaced(replaced(code, worker, address), factory, ''), map: null };
      },
    },
  };
}

/** Where tfjs makes an address for its threads. */
const worker =
  /const response = wasmWorkerContents\.replace\([^;]*;\s*const blob = new Blob\([^;]*;\s*return URL\.createObjectURL\(blob\);/;
/** Where it gives them the text of its module. */
const factory = /factoryConfig\.mainScriptUrlOrBlob = new Blob\([\s\S]*?\);/;
/** Where a thread loads that text. */
const load =
  /if\(typeof e\.data\.urlOrBlob=="string"\)\{importScripts\(e\.data\.urlOrBlob\)\}else\{[^}]*\}(?=WasmBackendModuleThreadedSimd\(Module\))/;

function replaced(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) {
    throw new Error('The threads of @tensorflow/tfjs-backend-wasm have changed: see tools/threadedWasm.ts.');
  }
  return text.replace(pattern, () => by);
}

/** A thread's whole script: tfjs's module, then its worker. `files` is the common part of their names. */
function threadSource(files: string): string {
  const module = readFileSync(`${files}.js`, 'utf8');
  const holder = readFileSync(`${files}.worker.js`, 'utf8');
  // The text of a template literal, whose `\\n` tfjs turns back into two characters: it is meant as it stands.
  const contents = /wasmWorkerContents = `([^`]*)`;\s*$/.exec(holder)?.[1] ?? '';
  return `${module}\n${replaced(contents, load, '')}\n`;
}
