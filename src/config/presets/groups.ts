/** Ready experiments by the question that they answer, in the order in which they are offered. */
import { type PresetName, presetNames } from '../presets';

/** The question that each preset is about: one that is in no group doesn't compile. */
const groupOf = {
  distilbert: 'worth',
  tiny: 'worth',
  ablation: 'losses',
  conventions: 'losses',
  jsd: 'losses',
  temperature: 'temperature',
  hinton: 'temperature',
  logits: 'temperature',
  'pseudo-labels': 'temperature',
  shuffled: 'knowledge',
  'dark-knowledge': 'knowledge',
  omitted: 'knowledge',
  dkd: 'knowledge',
  standardised: 'knowledge',
  tinybert: 'layers',
  'tinybert-sizes': 'layers',
  mapping: 'layers',
  pkd: 'layers',
  minilm: 'shapes',
  minilmv2: 'shapes',
  annealing: 'moving',
  ctkd: 'moving',
  theseus: 'noLoss',
  teachers: 'who',
  assistant: 'who',
  early: 'who',
  mutual: 'who',
  'born-again': 'who',
  'tinybert-task': 'tasks',
  'distilbert-task': 'tasks',
  'fine-tune': 'tasks',
} as const satisfies Record<PresetName, string>;

/** The words are in `i18n/` under `shell.presetGroup`. */
export type PresetGroup = (typeof groupOf)[PresetName];

const groupNames = [...new Set(Object.values(groupOf))];

export const presetGroups: readonly { group: PresetGroup; presets: readonly PresetName[] }[] = groupNames.map(
  (group) => ({ group, presets: presetNames.filter((name) => groupOf[name] === group) }),
);
