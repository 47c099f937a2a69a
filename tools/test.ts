/**
 * `npm test`: runs every check in order, stops at the first that fails, and ends with one line that sums up the
 * tests: `N passed, N failed`. A check that fails without a failed test (a lint error, a crash) counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names of the package's scripts; those that run vitest have tests to count. */
const stages = [
  { title: 'Format and lint', script: 'test:lint', vitest: false },
  { title: 'Types', script: 'test:types', vitest: false },
  { title: 'Import zones and cycles', script: 'test:imports', vitest: false },
  { title: 'Unit tests in Node', script: 'test:unit', vitest: true },
  { title: 'Tests in Chromium with WebGPU', script: 'test:browser', vitest: true },
  { title: 'End-to-end tests of the built page', script: 'test:e2e', vitest: true },
];

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
}

/** Runs a script of the package; true when it went well. */
function runScript(script: string, parameters: string[]): boolean {
  const npm = process.env.npm_execpath;
  const run = [
    'run',
    '--silent',
    '--json=false',
    script,
    ...(parameters.length > 0 ? ['--', ...parameters] : []),
  ];
  const result = npm
    ? spawnSync(process.execPath, [npm, ...run], { stdio: 'inherit' })
    : spawnSync('npm', run, { stdio: 'inherit', shell: process.platform === 'win32' });
  return result.status === 0;
}

const folder = mkdtempSync(join(tmpdir(), 'stillroom-test-'));
let passed = 0;
let failed = 0;
for (const { title, script, vitest } of stages) {
  console.log(`\n== ${title}`);
  const start = performance.now();
  const report = join(folder, `${script.replace(':', '-')}.json`);
  const succeeded = runScript(
    script,
    vitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [],
  );
  const counts: VitestReport = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0 };
  passed += counts.numPassedTests;
  failed += succeeded ? counts.numFailedTests : Math.max(counts.numFailedTests, 1);
  console.log(
    `-- ${title}: ${succeeded ? 'passed' : 'failed'}, ${((performance.now() - start) / 1000).toFixed(1)} s`,
  );
  if (!succeeded) break;
}
rmSync(folder, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
