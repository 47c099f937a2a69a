/** `npm run distill -- --list`: presets and methods, for people or as JSON. */
import type { TFunction } from 'i18next';
import { presetNames } from '../config/presets';
import { type BundledTaskId, bundledTaskIds, bundledTasks, type Metric } from '../config/tasks';
import type { Paper } from '../methods/method';
import { isTerm, methodIds, methodOf, type TermId, termOf } from '../methods/registry';

export interface Listing {
  tasks: { name: BundledTaskId; labels: readonly string[]; texts: 1 | 2; metric: Metric }[];
  presets: { name: string; about: string }[];
  methods: {
    /** Its id. */
    name: string;
    paper: string;
    about: string;
    /** Its own, and those of others that it is used with. */
    terms: { id: TermId; symbol: string; unit: string }[];
  }[];
}

export const paperWords = ({ title, authors, year, arxiv }: Paper): string =>
  `${authors} (${year}). ${title}. arXiv:${arxiv}`;

export function listing(t: TFunction): Listing {
  return {
    tasks: bundledTaskIds.map((name) => ({ name, ...bundledTasks[name] })),
    presets: presetNames.map((name) => ({ name, about: t(`shell.preset.${name}.lede`) })),
    methods: methodIds.map((name) => {
      const { paper, terms, beside = [] } = methodOf(name);
      const ids = [...Object.keys(terms), ...beside].filter(isTerm);
      return {
        name,
        paper: paperWords(paper),
        about: t(`methodAbout.${name}`),
        terms: ids.map((id) => ({ id, symbol: termOf(id).symbol, unit: termOf(id).unit })),
      };
    }),
  };
}

/** Some lines for each, with the ids that --preset and --set take. */
export function listingWords({ presets, tasks, methods }: Listing, t: TFunction): string {
  const width = Math.max(...presets.map(({ name }) => name.length));
  return [
    t('commandLine.presets'),
    ...presets.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    t('commandLine.tasks'),
    ...tasks.map(
      ({ name, labels, texts, metric }) =>
        `  ${name.padEnd(width)}  ${t('commandLine.task', { labels: labels.join(', '), texts, metric: t(`seeds.${metric}`) })}`,
    ),
    '',
    t('commandLine.methods'),
    ...methods.flatMap(({ name, paper, about, terms }) => [
      `  ${name.padEnd(width)}  ${about}`,
      `  ${''.padEnd(width)}  ${paper}`,
      `  ${''.padEnd(width)}  ${terms.map(({ id, symbol, unit }) => `${id}: ${symbol}, ${unit}`).join('; ')}`,
    ]),
  ].join('\n');
}
