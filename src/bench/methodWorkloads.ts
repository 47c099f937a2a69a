/**
 * What each method costs: the step of the default preset with one student, whose losses are a method's in place of the triple
 * loss, or who learns a task instead of words. Sizes, batch and teacher are the same for all; plans are those of the methods'
 * own presets.
 */
import type { Arm } from '../config/experiment';
import { defaultPreset, type PresetName, presetNames, presets } from '../config/presets';
import { isMethod } from '../methods/registry';
import { softTargetKinds } from '../methods/softTargets';
import { type Workload, workloads } from './workloads';

const [student]: Arm[] = presets[defaultPreset].arms;

/** The default preset's student under another's plan; its own mapping stays, since its layers do. */
function workload(name: string, plan: Partial<Arm>): Workload {
  const { student: shape, initialisation, mapping, id } = student;
  return {
    ...workloads.default,
    name,
    arms: 1,
    arm: { ...student, ...plan, id, student: shape, initialisation, mapping },
  };
}

/** The triple loss on a task's labels, with a teacher who was tuned on it: rows as long as the text's sequences. */
function onTask(pairs: boolean): Workload {
  const name = `distilbert, ${pairs ? 'pairs' : 'rows'} of a task`;
  return { ...workload(name, { positions: 'masked' }), task: { classes: 6, pairs } };
}

const ofPreset = (preset: PresetName) => presets[preset].arms[0] as Arm;

/** The triple loss first, which the others are compared with; then methods by id, the triple loss under each control, and on tasks. */
export const methodWorkloads: Workload[] = [
  ...presetNames.filter(isMethod).map((method) => workload(method, ofPreset(method))),
  workload('tinybert, layers drawn', { ...ofPreset('tinybert'), choices: { layers: 'drawn' } }),
  ...softTargetKinds
    .filter((kind) => kind !== 'teacher')
    .map((softTargets) => workload(`distilbert, ${softTargets}`, { softTargets })),
  // Of a text's losses, those at as few places as a task asks at: what a task's step is fairly measured by.
  workload('distilbert, masked words', { positions: 'masked' }),
  ...[false, true].map(onTask),
];
