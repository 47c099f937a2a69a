/** The entries as Markdown. */
import type { BenchEntry } from '../../src/bench/entry';
import type { MethodEntry } from '../../src/bench/methodTurns';

const columns: [title: string, show: (entry: BenchEntry) => string][] = [
  ['engine', ({ engine }) => engine],
  ['dispatches', ({ dispatches }) => figure(dispatches)],
  ['encode, ms', ({ encodeMs }) => figure(encodeMs)],
  ['step, ms', ({ stepMs }) => figure(stepMs)],
  ['pipelined, ms', ({ pipelinedMs }) => figure(pipelinedMs)],
  ['first step, ms', ({ firstStepMs }) => figure(firstStepMs)],
  ['tokens/s', ({ tokensPerSecond }) => figure(tokensPerSecond)],
  ['peak, MB', ({ peakBytes }) => figure(peakBytes / 1e6)],
  ['threads', ({ threads }) => figure(threads)],
  [
    'of matmul rate',
    ({ matmulFraction }) => (matmulFraction === null ? '' : `${figure(100 * matmulFraction)} %`),
  ],
  ['losses', ({ losses }) => losses.map((loss) => loss.toFixed(4)).join(', ')],
];

/** Three significant digits, thousands set apart; nothing for null. */
function figure(value: number | null): string {
  if (value === null) return '';
  const digits = Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return value.toLocaleString('en', digits);
}

const table = (rows: string[][]) =>
  [rows[0], rows[0].map((_, i) => (i === 0 ? '---' : '---:')), ...rows.slice(1)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

const isGrowth = ({ workload }: BenchEntry) => workload.includes(':');

/** A table for every backend and workload, and one for growth on every backend. */
export function markdownTables(entries: BenchEntry[]): string {
  const compared = entries.filter((entry) => !isGrowth(entry));
  const growing = entries.filter(isGrowth);
  return [
    ...sections(
      compared,
      ({ backend, workload }) => `${backendTitles[backend]}, \`${workload}\``,
      comparison,
    ),
    ...sections(growing, ({ backend }) => `${backendTitles[backend]}: growth of a step`, growth),
  ].join('\n\n');
}

/** What a step of each method costs, for every backend. */
export const methodTables = (entries: MethodEntry[]): string =>
  sections(entries, ({ backend }) => `${backendTitles[backend]}: a step by method`, costs).join('\n\n');

/** Entries of one title under one heading, in the order of their first. */
function sections<Entry>(
  entries: Entry[],
  titleOf: (entry: Entry) => string,
  show: (group: Entry[]) => string,
): string[] {
  return [...new Set(entries.map(titleOf))].map(
    (title) => `### ${title}\n\n${show(entries.filter((entry) => titleOf(entry) === title))}`,
  );
}

const backendTitles = { webgpu: 'WebGPU', wasm: 'WASM' };

/** Columns that no engine has a figure for are left out. */
function comparison(group: BenchEntry[]): string {
  const shown = columns.filter(([, show]) => group.some((entry) => show(entry) !== ''));
  return table([
    shown.map(([title]) => title),
    ...group.map((entry) => shown.map(([, show]) => show(entry))),
  ]);
}

function costs(group: MethodEntry[]): string {
  const onGpu = group.some(({ dispatches }) => dispatches !== null);
  return table([
    ['method', 'step, ms', 'fastest, ms', 'times the triple loss', ...(onGpu ? ['dispatches'] : []), 'MB'],
    ...group.map(({ method, stepMs, fastestMs, ratio, dispatches, bytes }) => [
      method,
      figure(stepMs),
      figure(fastestMs),
      ratio.toFixed(2),
      ...(onGpu ? [figure(dispatches)] : []),
      figure(bytes / 1e6),
    ]),
  ]);
}

function growth(group: BenchEntry[]): string {
  // One arm is `mid` as it is: what the others are compared with.
  const base = group.find(({ workload }) => workload.endsWith(':arms=1'));
  const time = ({ pipelinedMs, stepMs }: BenchEntry) => Math.min(stepMs, pipelinedMs ?? stepMs);
  return table([
    ['`mid` with', 'step, ms', 'pipelined, ms', 'times `mid`', 'of matmul rate'],
    ...group.map((entry) => [
      entry.workload.split(':')[1].replace('=', ' '),
      figure(entry.stepMs),
      figure(entry.pipelinedMs),
      base ? figure(time(entry) / time(base)) : '',
      entry.matmulFraction === null ? '' : `${figure(100 * entry.matmulFraction)} %`,
    ]),
  ]);
}
