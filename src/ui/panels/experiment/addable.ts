/** Which losses an arm may be given, and what keeps it from others. */
import type { Arm } from '../../../config/experiment';
import { presetNames, presets } from '../../../config/presets';
import { pairOf } from '../../../config/sources';
import type { TeacherShape } from '../../../config/teachers';
import type { Misfit } from '../../../methods/method';
import {
  type ChoiceId,
  choiceIds,
  needsTeacher,
  optionsOf,
  ownerOfChoice,
  type TermId,
  termOf,
} from '../../../methods/registry';

export type Fit =
  | { kind: 'fits' | 'noTeacher' }
  /** It fits where its method goes another way. */
  | { kind: 'with'; choice: ChoiceId; option: string }
  | { kind: 'misfit'; misfit: Misfit };

/** Whether an arm can have a term, as it is or by another choice of its method's. `source`: whom it learns from. */
export function fitOf(term: TermId, arm: Arm, source: TeacherShape | null): Fit {
  const { misfit: misfitOf, owner } = termOf(term);
  if (!source) return { kind: needsTeacher(term) ? 'noTeacher' : 'fits' };
  const pair = pairOf(arm, source);
  const misfit = misfitOf?.(pair);
  if (!misfit) return { kind: 'fits' };
  for (const choice of choiceIds.filter((id) => ownerOfChoice(id) === owner)) {
    for (const option of optionsOf(choice)) {
      const plan = { ...arm, choices: { ...arm.choices, [choice]: option } };
      if (!misfitOf?.({ ...pair, plan })) return { kind: 'with', choice, option };
    }
  }
  return { kind: 'misfit', misfit };
}

/** The weight that a term begins with: what the first ready experiment that has it gives it, 1 where none has. */
export function startingWeight(term: TermId): number {
  const weights = presetNames.flatMap((name) => presets[name].arms.map((arm) => arm.weights[term] ?? 0));
  return weights.find((weight) => weight > 0) ?? 1;
}
