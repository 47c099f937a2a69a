import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

// With a TypeScript that it can't use, dependency-cruiser reads no module and reports success: so the check is
// checked, on planted files.
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stillroom-zones-'));
  copyFileSync('tsconfig.json', join(folder, 'tsconfig.json'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes the files under the folder's `src/` and runs the project's check on them. */
function check(files: Record<string, string>): { status: number | null; output: string } {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, 'src', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const command = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const result = spawnSync(
    process.execPath,
    [command, 'src', '--config', resolve('.dependency-cruiser.js'), '--no-cache'],
    { cwd: folder, encoding: 'utf8' },
  );
  return { status: result.status, output: result.stdout + result.stderr };
}

test('imports along the table pass, and the modules were read', () => {
  const { status, output } = check({
    'config/bounds.ts': 'export const bound: number = 1;\n',
    'data/batches.ts': "import { bound } from '../config/bounds';\nexport const batch = bound;\n",
  });
  expect(output).toContain('2 modules, 1 dependencies cruised');
  expect(status).toBe(0);
});

test.each([
  [
    'zone-config',
    'config/bounds.ts',
    "import '../ui/panel';",
    { 'ui/panel.tsx': 'export const panel = <p />;' },
  ],
  ['zone-kernels', 'kernels/gelu.ts', "import '../model/encoder';", { 'model/encoder.ts': 'export {};' }],
  [
    'zone-ui',
    'ui/panel.tsx',
    "import type { Session } from '../worker/session';",
    { 'worker/session.ts': 'export interface Session {}' },
  ],
  ['zone-unknown', 'stray/file.ts', "import '../config/bounds';", { 'config/bounds.ts': 'export {};' }],
  [
    'protocol-is-types-for-the-screen',
    'ui/panel.tsx',
    "import '../protocol/messages';",
    { 'protocol/messages.ts': 'export {};' },
  ],
  ['zod-without-eval', 'data/tokenizer.ts', "import { z } from 'zod';", {}],
  ['no-tfjs-on-the-screen', 'store/playground.ts', "import '@tensorflow/tfjs-core';", {}],
  [
    'only-the-short-run-on-the-screen',
    'store/speed.ts',
    "import '../bench/runner';",
    { 'bench/runner.ts': 'export {};' },
  ],
  ['no-unresolvable', 'config/bounds.ts', "import './nowhere';", {}],
])('%s is caught', (rule, path, text, others) => {
  const { status, output } = check({ [path]: `${text}\nexport {};\n`, ...others });
  expect(output).toContain(`error ${rule}`);
  expect(status).toBeGreaterThan(0);
});

test('a cycle is caught, also one of types only', () => {
  const { status, output } = check({
    'config/a.ts': "import type { B } from './b';\nexport interface A { b: B }\n",
    'config/b.ts': "import type { A } from './a';\nexport interface B { a: A }\n",
  });
  expect(output).toContain('error no-cycle');
  expect(status).toBeGreaterThan(0);
});
