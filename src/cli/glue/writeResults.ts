/** RESULTS.md: the tables of a run beside the papers', with machine, commit and command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { arch, cpus, platform, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { TFunction } from 'i18next';
import type { ModelName } from './jobs';
import type { Ordering } from './orderings';
import { ablationTables, modelTables, type PaperTable } from './papers';
import { orderingName, percent, points, withInterval, withMargin } from './printTable';
import type { MeanRow, Table } from './table';

export interface Report {
  table: Table;
  orderings: readonly Ordering[];
  teacher: string;
  seeds: readonly number[];
  /** Short hashes of the commits that the results were computed with. */
  commits: readonly string[];
  command: string;
}

export const resultsFile = new URL('../../../RESULTS.md', import.meta.url);

const begin = '<!-- results: begin (written by npm run glue -- --write) -->';
const end = '<!-- results: end -->';

/** Puts a report between the markers of RESULTS.md. @returns the file's path @throws Error where it has no markers */
export function writeResults(report: Report, t: TFunction): string {
  const document = readFileSync(resultsFile, 'utf8');
  writeFileSync(resultsFile, withReport(document, reportText(report, new Date(), t)));
  return fileURLToPath(resultsFile);
}

export function withReport(document: string, text: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`RESULTS.md lacks the markers "${begin}" and "${end}".`);
  return `${document.slice(0, from + begin.length)}\n\n${text}\n${document.slice(to)}`;
}

export function reportText({ table, orderings, ...run }: Report, now: Date, t: TFunction): string {
  const means = new Map(table.mean.map((row) => [row.model, row]));
  const models = modelsTable(table, t);
  const ablations = ablationTables.filter(({ rows }) => rows.some(({ model }) => means.has(model)));
  const parts = [
    provenance(run, now, t),
    t('glue.results.table'),
    t('glue.results.tableNote', { sources: modelTables.map(({ source }) => source).join('; ') }),
    models,
    ...(ablations.length > 0
      ? [
          t('glue.results.ablations'),
          t('glue.results.ablationsNote', { sources: ablations.map(({ source }) => source).join('; ') }),
          ...ablations.map((paper) => ablationTable(paper, means, t)),
        ]
      : []),
    t('glue.results.orderings'),
    t('glue.results.orderingsNote'),
    orderingsTable(orderings, t),
  ];
  return `${parts.join('\n\n')}\n`;
}

function provenance(
  { teacher, seeds, commits, command }: Omit<Report, 'table' | 'orderings'>,
  now: Date,
  t: TFunction,
): string {
  const processors = cpus();
  return [
    t('glue.results.machine', {
      processor: processors[0]?.model.trim() ?? '?',
      cores: processors.length,
      gigabytes: Math.round(totalmem() / 2 ** 30),
      system: `${platform()} ${arch()}`,
    }),
    t('glue.results.commit', { commit: commits.join(', '), date: now.toISOString().slice(0, 10) }),
    t('glue.results.command', { command }),
    t('glue.results.teacher', { teacher, seeds: seeds.join(', ') }),
  ].join('\n');
}

const markdown = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The models that the papers' tables have, and those beside them; what ablations take away is not among them. */
function modelsTable({ tasks, mean }: Table, t: TFunction): string {
  const ofAblations = new Set<ModelName>(
    ablationTables.flatMap(({ rows }) => rows.map(({ model }) => model)),
  );
  const head = [
    ...[t('glue.column.model'), t('glue.column.parameters'), t('glue.column.seconds'), ...tasks],
    ...[t('glue.column.mean'), t('glue.column.kept'), t('glue.column.inPaper'), t('glue.column.keptInPaper')],
  ];
  const whole = mean.filter(({ model }) => !ofAblations.has(model) || isInPapers(model));
  return markdown(
    head,
    whole.map((row) => [
      t(`glue.model.${row.model}`),
      row.parameters.toLocaleString('en'),
      row.seconds.toFixed(0),
      ...tasks.map((task) => (row.tasks[task] ? withMargin(row.tasks[task]) : '')),
      withMargin(row),
      row.kept?.toFixed(1) ?? '',
      inPapers(row.model, ({ score }) => score.toFixed(1)),
      inPapers(row.model, ({ score }, teacher) => ((100 * score) / teacher).toFixed(1)),
    ]),
  );
}

const isInPapers = (model: ModelName) =>
  modelTables.some(({ rows }) => rows.some((row) => row.model === model));

/** What the papers say of a model, one after the other. */
function inPapers(
  model: ModelName,
  say: (row: PaperTable['rows'][number], teacher: number) => string,
): string {
  const said = modelTables.flatMap(({ rows }) => {
    const teacher = rows.find((row) => row.model === 'teacher')!.score;
    return rows.filter((row) => row.model === model).map((row) => say(row, teacher));
  });
  return [...new Set(said)].join(', ');
}

/** The first row of the paper's table is the whole recipe. */
function ablationTable({ rows }: PaperTable, means: ReadonlyMap<ModelName, MeanRow>, t: TFunction): string {
  const [whole] = rows;
  const change = (one: number | null | undefined, other: number | null | undefined) =>
    one == null || other == null ? null : one - other;
  const head = (['model', 'mean', 'change', 'inPaper', 'changeInPaper'] as const).map((column) =>
    t(`glue.column.${column}`),
  );
  return markdown(
    head,
    rows.map(({ model, score }) => {
      const own = means.get(model);
      const isWhole = model === whole.model;
      return [
        t(`glue.model.${model}`),
        own ? withMargin(own) : '',
        isWhole ? '' : points(change(own?.mean, means.get(whole.model)?.mean)),
        percent(score / 100),
        isWhole ? '' : points((score - whole.score) / 100),
      ];
    }),
  );
}

function orderingsTable(orderings: readonly Ordering[], t: TFunction): string {
  const head = (['ordering', 'where', 'difference', 'found'] as const).map((column) =>
    t(`glue.column.${column}`),
  );
  return markdown(
    head,
    orderings.map((ordering) => [
      orderingName(ordering, t),
      ordering.where,
      withInterval(ordering, t),
      t(`glue.found.${ordering.found}`),
    ]),
  );
}
