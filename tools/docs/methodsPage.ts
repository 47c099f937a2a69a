/** docs/methods.md, made from the records of the methods and their English words. */
import type { TFunction } from 'i18next';
import { optionWords } from '../../src/i18n/armName';
import type { Dial, ListDial, MeanOver, Method, Paper, Term } from '../../src/methods/method';
import {
  type ChoiceId,
  type DialId,
  isTerm,
  type ListId,
  type MethodId,
  methodIds,
  methodOf,
  type ReadingId,
  type ScheduleId,
  type TermId,
  termOf,
} from '../../src/methods/registry';
import { misfitsOf } from './misfits';

const cell = (text: string) => text.replaceAll('|', '\\|');
const row = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;
const table = (titles: string[], rows: string[][]) =>
  [row(titles), row(titles.map(() => '---')), ...rows.map(row)].join('\n');

const paperLink = ({ title, authors, year, arxiv }: Paper) =>
  `${authors} (${year}), [${title}](https://arxiv.org/abs/${arxiv})`;

const means: Record<MeanOver, string> = {
  rows: 'positions compared',
  asked: 'masked words',
  tokens: 'tokens',
  cells: 'all positions, padding too',
  pairs: 'pairs of tokens',
  sequences: 'sequences',
};

/** What a term's mean runs over: by default, where its choices decide. */
function meanWords({ meanOver }: Term): string {
  if (typeof meanOver !== 'function') return means[meanOver];
  const plan = { weights: {}, dials: {}, choices: {}, lists: {}, positions: 'all', mapping: [] } as const;
  return `${means[meanOver(plan)]}, unless a choice says otherwise`;
}

const symbols = (ids: readonly string[]) =>
  ids
    .filter(isTerm)
    .map((id) => `${termOf(id).symbol} (\`${id}\`), ${termOf(id).unit}`)
    .join('; ');

function misfitWords(method: Method): string {
  const found = misfitsOf(method).map(({ what, terms }) =>
    terms.length === 0 ? what : `${what} (${terms.map((id) => termOf(id as TermId).symbol).join(', ')})`,
  );
  return found.join('; ') || 'fits all';
}

export function methodsPage(t: TFunction): string {
  const overview = table(
    ['method', 'paper', 'terms', 'does not fit'],
    methodIds.map((id) => {
      const { paper, terms, beside = [] } = methodOf(id);
      const with_ = beside.length > 0 ? `with ${symbols(beside)}` : '';
      const all = [symbols(Object.keys(terms)), with_].filter(Boolean).join('; ');
      return [
        `[${t(`methods.method.${id}.name`)}](#${id}) (\`${id}\`)`,
        paperLink(paper),
        all,
        misfitWords(methodOf(id)),
      ];
    }),
  );
  return `${[
    '# Methods',
    'Written by `npm run docs` from the records in `src/methods/`; `npm test` fails where it is not up to date. Ids stand in links and in `--set` of `npm run distill`: `arms.0.weights.jsd=1`, `arms.0.dials.beta=.3`, `arms.0.choices.padding=leftOut`.',
    overview,
    ...methodIds.map((id) => section(id, t)),
  ].join('\n\n')}\n`;
}

function section(id: MethodId, t: TFunction): string {
  const method = methodOf(id);
  const parts = [
    `## ${id}`,
    t(`methodAbout.${id}`),
    termList(method, t),
    dialTable(method, t),
    choiceTable(method, t),
    moving(method, t),
  ];
  return parts.filter(Boolean).join('\n\n');
}

const termList = ({ terms }: Method, t: TFunction) =>
  (Object.entries(terms) as [TermId, Term][])
    .map(
      ([id, term]) =>
        `- **${term.symbol}** (\`${id}\`, ${term.unit}, mean over ${meanWords(term)}): ${t(`methods.term.${id}`)}\n` +
        `  $\`${term.tex}\`$ (${term.source})`,
    )
    .join('\n');

function dialTable({ dials = {}, lists = {} }: Method, t: TFunction): string {
  const range = ({ min, max, integer }: Dial | ListDial) => `${min} to ${max}${integer ? ', whole' : ''}`;
  const rows = [
    ...(Object.entries(dials) as [DialId, Dial][]).map(([id, dial]) => [
      `${dial.symbol} (\`dials.${id}\`)`,
      t(`methods.dial.${id}.meaning`),
      range(dial),
      String(dial.initial),
      dial.live ? 'the next step' : 'another run',
    ]),
    ...(Object.entries(lists) as [ListId, ListDial][]).map(([id, list]) => [
      `${list.symbol} (\`lists.${id}\`)`,
      t(`methods.list.${id}.meaning`),
      range(list),
      'by the models',
      'another run',
    ]),
  ];
  return rows.length === 0 ? '' : table(['number', 'meaning', 'range', 'at first', 'acts on'], rows);
}

function choiceTable({ choices = {} }: Method, t: TFunction): string {
  const rows = (Object.entries(choices) as [ChoiceId, readonly string[]][]).map(([id, options]) => [
    `\`choices.${id}\``,
    t(`methods.choice.${id}.meaning`),
    options.map((option) => `\`${option}\`: ${optionWords(id, option, t)}`).join('; '),
  ]);
  return rows.length === 0
    ? ''
    : table(['choice', 'meaning', 'options, the first where none is named'], rows);
}

function moving({ schedules = {}, readings = {} }: Method, t: TFunction): string {
  const charted = Object.entries(schedules).filter(([, { charted }]) => charted);
  const ids = [...charted.map(([id]) => id), ...Object.keys(readings)] as (ScheduleId | ReadingId)[];
  return ids.length === 0
    ? ''
    : `Charted beside the losses: ${ids.map((id) => t(`methods.moving.${id}`)).join(', ')}.`;
}
