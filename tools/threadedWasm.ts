import type { Plugin } from 'vite';

/**
 * Keeps the threads of tfjs's WASM backend alive in a minified build.
 *
 * The backend starts its threads from the source text of its own module factory (`factory.toString()`), so that
 * text must stand alone. The factory asks `typeof _scriptDir !== 'undefined'` about a variable outside itself; a
 * minifier knows that the variable exists, renames it and drops the question, and every thread then dies with
 * "ReferenceError: e is not defined" as soon as the page is cross-origin isolated. Here the factory carries its
 * original text along, and everything else stays minified.
 *
 * @throws when the module no longer looks as expected, so that an upgrade of tfjs is noticed at build time.
 */
export function threadedWasm(): Plugin {
  const name = 'WasmBackendModuleThreadedSimd';
  return {
    name: 'stillroom:threaded-wasm',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js$/ },
      handler(code) {
        const factory = new RegExp(`var ${name} = ([\\s\\S]*?\\n}\\)\\(\\));`).exec(code)?.[1];
        if (factory === undefined) {
          throw new Error(
            'The threaded module of @tensorflow/tfjs-backend-wasm has changed: see tools/threadedWasm.ts.',
          );
        }
        return { code: `${code}\n${name}.toString = () => ${JSON.stringify(factory)};`, map: null };
      },
    },
  };
}
