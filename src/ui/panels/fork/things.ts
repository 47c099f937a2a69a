/** What can be changed of a fork: everything that an arm's plan says and that needs no other student. */
import type { TFunction } from 'i18next';
import { bounds } from '../../../config/bounds';
import type { Arm } from '../../../config/experiment';
import { choiceOf, dialOf, isSoftened, methodsOf, termsOf, weightOf } from '../../../config/objective';
import { optionWords } from '../../../i18n/armName';
import type { Bound } from '../../../methods/method';
import { choiceIds, dialBound, dialIds, optionsOf, ownerOfChoice, termOf } from '../../../methods/registry';
import { softTargetKinds } from '../../../methods/softTargets';
import { spoken } from '../../symbols';
import { isAsked } from '../experiment/asked';

interface Named {
  /** Within the plan, such as `weights.ce`. */
  path: string;
  label: string;
  meaning: string;
}

export interface NumberThing extends Named {
  kind: 'number';
  value: number;
  bound: Bound;
}

export interface ChoiceThing extends Named {
  kind: 'choice';
  value: string;
  options: { value: string; label: string }[];
}

export type ForkThing = NumberThing | ChoiceThing;

/** @param arm with the plan of the stage in which it goes its own way @param ofTask whether that asks for classes */
export function thingsOf(arm: Arm, ofTask: boolean, t: TFunction): ForkThing[] {
  const terms = termsOf(arm);
  const owners: string[] = [...methodsOf(arm), arm.softTargets];
  const things: ForkThing[] = [];
  if (isSoftened(arm)) {
    things.push({
      kind: 'number',
      path: 'temperature',
      label: t('experiment.objective.temperature'),
      meaning: t('fork.temperatureMeaning'),
      value: arm.temperature,
      bound: bounds.temperature,
    });
  }
  for (const term of terms) {
    things.push({
      kind: 'number',
      path: `weights.${term}`,
      label: spoken(t('experiment.objective.weight', { term: termOf(term).symbol })),
      meaning: t('fork.weightMeaning', { meaning: t(`methods.term.${term}`) }),
      value: weightOf(arm, term),
      bound: bounds.lossWeight,
    });
  }
  for (const dial of dialIds) {
    if (!owners.includes(dialBound(dial).owner)) continue;
    things.push({
      kind: 'number',
      path: `dials.${dial}`,
      label: t(`methods.dial.${dial}.label`),
      meaning: t(`methods.dial.${dial}.meaning`),
      value: dialOf(arm, dial),
      bound: dialBound(dial),
    });
  }
  if (terms.some((term) => termOf(term).reads.teacher.includes('targets'))) {
    things.push({
      kind: 'choice',
      path: 'softTargets',
      label: t('experiment.objective.softTargets'),
      meaning: t('experiment.objective.softTargetsMeaning'),
      value: arm.softTargets,
      options: softTargetKinds.map((value) => ({ value, label: t(`methods.control.${value}`) })),
    });
  }
  const overRows = terms.filter((term) => termOf(term).meanOver === 'rows');
  if (!ofTask && overRows.length > 0) {
    things.push({
      kind: 'choice',
      path: 'positions',
      label: t('experiment.objective.positions'),
      meaning: spoken(
        t('experiment.objective.positionsMeaning', {
          terms: overRows.map((term): string => termOf(term).symbol),
        }),
      ),
      value: arm.positions,
      options: [
        { value: 'all', label: t('experiment.objective.all') },
        { value: 'masked', label: t('experiment.objective.masked') },
      ],
    });
  }
  for (const choice of choiceIds) {
    if (!owners.includes(ownerOfChoice(choice)) || !isAsked(choice, arm)) continue;
    things.push({
      kind: 'choice',
      path: `choices.${choice}`,
      label: spoken(t(`methods.choice.${choice}.label`)),
      meaning: spoken(t(`methods.choice.${choice}.meaning`)),
      value: choiceOf(arm, choice),
      options: optionsOf(choice).map((value) => ({ value, label: optionWords(choice, value, t) })),
    });
  }
  return things;
}
