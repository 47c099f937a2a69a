import type { Plugin } from 'vite';

/** `import('./chunk.js')` as the bundler writes it. */
const dynamicImport = /\bimport\((["'`])(\.\/[\w.-]+\.js)\1\)/g;

/** Lets src/util/importAgain.ts ask for a chunk under another address once it has failed. */
export function importSuffix(): Plugin {
  return {
    name: 'stillroom:import-suffix',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          chunk.code = chunk.code.replace(
            dynamicImport,
            (_, quote, path) => `import(${quote}${path}${quote}+(globalThis.importSuffix??""))`,
          );
        }
      },
    },
  };
}
