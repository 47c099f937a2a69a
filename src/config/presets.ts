/**
 * Ready experiments. A URL holds the name of one and what differs from it, so that a version of a preset never changes: a
 * better one is another version, and links name the one that they differ from.
 */
import type { Experiment } from './experiment';
import * as everyday from './presets/everyday';
import * as first from './presets/first';
import * as methods from './presets/methods';
import * as tasks from './presets/tasks';
import * as teachers from './presets/teachers';
import { omitted1 } from './presets/withheld';

/** Every version of every preset, the oldest first. */
const versions = {
  distilbert: [first.distilbert1, everyday.distilbert2],
  tiny: [first.tiny1],
  temperature: [first.temperature1, everyday.temperature2],
  ablation: [first.ablation1],
  conventions: [methods.conventions1],
  tinybert: [first.tinybert1, methods.tinybert2],
  'tinybert-sizes': [methods.tinybertSizes1],
  mapping: [methods.mapping1],
  hinton: [methods.hinton1],
  logits: [methods.logits1],
  'pseudo-labels': [methods.pseudoLabels1],
  jsd: [methods.jsd1],
  shuffled: [first.shuffled1],
  'dark-knowledge': [methods.darkKnowledge1],
  omitted: [omitted1],
  dkd: [methods.dkd1],
  standardised: [methods.standardised1],
  annealing: [methods.annealing1],
  ctkd: [methods.ctkd1],
  minilm: [methods.minilm1],
  minilmv2: [methods.minilmv21],
  pkd: [methods.pkd1],
  theseus: [methods.theseus1],
  teachers: [teachers.teachers1],
  assistant: [teachers.assistant1],
  early: [teachers.early1],
  mutual: [teachers.mutual1],
  'born-again': [teachers.bornAgain1],
  'tinybert-task': [tasks.tinybertTask1],
  'distilbert-task': [tasks.distilbertTask1],
  'fine-tune': [tasks.fineTune1],
} satisfies Record<string, [Experiment, ...Experiment[]]>;

export type PresetName = keyof typeof versions;
export const presetNames = Object.keys(versions) as PresetName[];
export const defaultPreset: PresetName = 'distilbert';

/** The newest version of each. */
export const presets = Object.fromEntries(presetNames.map((name) => [name, versions[name].at(-1)])) as Record<
  PresetName,
  Experiment
>;

/** A preset as links name it: version 1 by its name alone, as they always did, and others such as `tinybert.2`. */
export const presetLink = (name: PresetName): string => {
  const version = versions[name].length;
  return version === 1 ? name : `${name}.${version}`;
};

/** The preset that a link names; null where there is none, or not in this version. */
export function presetAt(link: string): { preset: PresetName; experiment: Experiment } | null {
  const [, name, version] = /^([a-z0-9-]+)(?:\.(\d+))?$/.exec(link) ?? [];
  const preset = presetNames.find((known) => known === name);
  const experiment = preset && (versions[preset] as readonly Experiment[])[Number(version ?? 1) - 1];
  return experiment ? { preset, experiment } : null;
}

/** All versions as links name them, for those who check that none changes. */
export const everyPreset = (): Map<string, Experiment> =>
  new Map(
    presetNames.flatMap((name) =>
      versions[name].map((version, i): [string, Experiment] => [
        i === 0 ? name : `${name}.${i + 1}`,
        version,
      ]),
    ),
  );
