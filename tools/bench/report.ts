/** The tables with where they come from, and their place in BENCHMARKS.md. */
import { spawnSync } from 'node:child_process';
import { arch, cpus, platform, totalmem } from 'node:os';
import type { BenchEntry } from '../../src/bench/entry';
import type { MethodEntry } from '../../src/bench/methodTurns';
import { markdownTables, methodTables } from './tables';

const git = (...parameters: string[]) =>
  spawnSync('git', parameters, { encoding: 'utf8' }).stdout?.trim() ?? '';

/** What ran, where and when, as a Markdown list. */
export function provenance(host: string, entries: Pick<BenchEntry, 'adapter'>[], now: Date): string {
  const processors = cpus();
  const adapter = entries.find((entry) => entry.adapter !== null)?.adapter;
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return [
    `- **Machine**: ${processors[0]?.model.trim() ?? 'unknown processor'}, ${processors.length} cores, ${gigabytes} GiB, ${platform()} ${arch()}`,
    `- **In**: ${host}${adapter ? `; WebGPU adapter: ${adapter}` : ''}`,
    `- **Commit**: ${git('rev-parse', '--short', 'HEAD') || 'unknown'}${changed ? ' with changes' : ''}, ${now.toISOString().slice(0, 10)}`,
  ].join('\n');
}

/** What was measured. `page`: a line about the running page; null where it wasn't. */
export interface Figures {
  entries: BenchEntry[];
  methods: MethodEntry[];
  page: string | null;
}

export const report = (host: string, { entries, methods, page }: Figures, now: Date) =>
  `${[provenance(host, [...entries, ...methods], now), markdownTables(entries), methodTables(methods), page]
    .filter(Boolean)
    .join('\n\n')}\n`;

const begin = '<!-- figures: begin (written by npm run bench -- --write) -->';
const end = '<!-- figures: end -->';

/**
 * The document with the text between its two markers replaced.
 * @throws where it has no markers
 */
export function withReport(document: string, text: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`BENCHMARKS.md lacks the markers "${begin}" and "${end}".`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n${document.slice(to)}`;
}
