/** `npm run bench`: measures the engines and prints, or writes down, what came out. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { BenchBackend, EngineName } from '../../src/bench/engine';
import { engines } from '../../src/bench/engines';
import type { BenchEntry } from '../../src/bench/entry';
import type { Group, Measured } from '../../src/bench/measure';
import { type MethodEntry, methodPace, quickMethodPace } from '../../src/bench/methodTurns';
import { browserHost } from './browserHost';
import type { Host } from './host';
import { nodeHost } from './nodeHost';
import { type BenchOptions, readOptions, usage } from './options';
import { measurePageRate, type PageRate, pageRateLine } from './pageRate';
import { paceOf, planOf } from './plan';
import { report, withReport } from './report';

const say = (words: string) => console.error(words);

function options(): BenchOptions {
  try {
    const read = readOptions(process.argv.slice(2));
    if (read !== 'help') return read;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}

/** Says what went wrong; false where it isn't a peer's own failure, or nothing could be measured. */
function sayFaults({ entries, failures, disagreements }: Measured): boolean {
  for (const { engine, message } of failures) say(`${engine} failed: ${message}`);
  for (const words of disagreements) say(`LOSSES DIFFER. ${words}`);
  if (entries.length === 0 || disagreements.length > 0) return false;
  return failures.every(({ engine }) => engine !== 'stillroom');
}

async function main() {
  const { quick, json, write, node, backends, ...choice } = options();
  const plan = planOf({ backends, ...choice }, Object.keys(engines) as EngineName[]);
  const host: Host = node ? nodeHost(backends.includes('webgpu'), say) : await browserHost(say);
  const entries: BenchEntry[] = [];
  const measure = async (group: Group, i: number): Promise<boolean> => {
    say(
      `\n[${i + 1} of ${plan.length}] ${group.workload.name} on ${group.backend}: ${group.engines.join(', ')}`,
    );
    const measured = await host.measure(group, paceOf(group, quick));
    entries.push(...measured.entries);
    return sayFaults(measured);
  };
  const methods: MethodEntry[] = [];
  const measureMethods = async (backend: BenchBackend): Promise<boolean> => {
    say(`\nMethods on ${backend}`);
    const measured = await host.measureMethods(backend, quick ? quickMethodPace : methodPace);
    methods.push(...measured.entries);
    for (const { method, message } of measured.failures) say(`${method} failed: ${message}`);
    return measured.failures.length === 0;
  };
  let page: PageRate | null = null;
  try {
    for (const [i, group] of plan.entries()) if (!(await measure(group, i))) process.exitCode = 1;
    if (choice.workloads.includes('methods') && choice.engines.includes('stillroom')) {
      for (const backend of backends) if (!(await measureMethods(backend))) process.exitCode = 1;
    }
    if (choice.workloads.includes('page') && backends.includes('wasm') && !node) {
      page = await measurePageRate(host, quick ? 1 : 3, say);
    }
  } finally {
    await host.close();
  }
  const text = report(host.name, { entries, methods, page: page && pageRateLine(page) }, new Date());
  if (write) {
    const path = new URL('../../BENCHMARKS.md', import.meta.url);
    writeFileSync(path, withReport(readFileSync(path, 'utf8'), text));
  }
  console.log(json ? JSON.stringify([...entries, ...methods, ...(page ? [{ page }] : [])]) : text);
}

main().catch((error) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
