import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { choiceOf, dialOf, methodsOf } from '../../../config/objective';
import { pairOf, sourceShape } from '../../../config/sources';
import { optionWords } from '../../../i18n/armName';
import {
  choiceIds,
  type DialId,
  dialBound,
  dialIds,
  type ListId,
  listIds,
  listOf,
  optionsOf,
  ownerOfChoice,
} from '../../../methods/registry';
import { changeArm, withChoice } from '../../../store/edits';
import { NumberField } from '../../controls/NumberField';
import { Typeset } from '../../controls/Typeset';
import { isAsked } from './asked';
import { NumberList } from './NumberList';
import type { Draft } from './useDraft';

interface Props {
  draft: Draft;
  arm: Arm;
}

/** The methods of an arm's losses, and the control of its soft targets, which may leave numbers open too. */
const ownersOf = (arm: Arm): string[] => [...methodsOf(arm), arm.softTargets];

/** @param live whether those are shown that act on the next step, or those that don't */
export function DialFields({ draft, arm, live }: Props & { live: boolean }) {
  const { t } = useTranslation();
  const owners = ownersOf(arm);
  const set = (dial: DialId, value: number) => {
    if (live) return draft.setNumber(arm, `dials.${dial}`, value);
    const { [dial]: _, ...others } = arm.dials;
    const dials = value === dialBound(dial).initial ? others : { ...others, [dial]: value };
    draft.edit((before) => changeArm(before, arm.id, { dials }));
  };
  return dialIds
    .filter((dial) => owners.includes(dialBound(dial).owner) && dialBound(dial).live === live)
    .map((dial) => (
      <NumberField
        key={dial}
        label={t(`methods.dial.${dial}.label`)}
        meaning={t(`methods.dial.${dial}.meaning`)}
        value={dialOf(arm, dial)}
        bound={dialBound(dial)}
        step={dialBound(dial).integer ? undefined : 0.1}
        onChange={(value) => set(dial, value)}
      />
    ));
}

export function ChoiceFields({ draft, arm }: Props) {
  const { t } = useTranslation();
  const owners = ownersOf(arm);
  return (
    choiceIds
      // A way of running layers is offered wherever there is a teacher: no loss brings it along.
      .filter((choice) =>
        owners.includes(ownerOfChoice(choice)) ? isAsked(choice, arm) : choice === 'blocks' && draft.teacher,
      )
      .map((choice) => (
        <NativeSelect
          key={choice}
          size="xs"
          label={<Typeset>{t(`methods.choice.${choice}.label`)}</Typeset>}
          description={<Typeset>{t(`methods.choice.${choice}.meaning`)}</Typeset>}
          value={choiceOf(arm, choice)}
          onChange={(event) => {
            const { choices } = withChoice(arm, choice, event.currentTarget.value);
            draft.edit((before) => changeArm(before, arm.id, { choices }));
          }}
          data={optionsOf(choice).map((value) => ({ value, label: optionWords(choice, value, t) }))}
        />
      ))
  );
}

export function ListFields({ draft, arm }: Props) {
  const { t } = useTranslation();
  const owners = ownersOf(arm);
  const pair = draft.teacher ? pairOf(arm, sourceShape(draft.experiment, draft.teacher, arm)) : null;
  if (!pair) return null;
  const set = (list: ListId, values: number[]) => {
    const { [list]: _, ...others } = arm.lists;
    const asAtFirst = String(values) === String(listOf(list).initial(pair));
    const lists = asAtFirst ? others : { ...others, [list]: values };
    draft.edit((before) => changeArm(before, arm.id, { lists }));
  };
  const nameOf = (list: ListId, at: number) => {
    if (list === 'headPairs') return t('experiment.objective.headPair', { number: at + 1 });
    return at === 0
      ? t('experiment.mapping.embeddings')
      : t('experiment.mapping.studentLayer', { layer: at });
  };
  return listIds
    .filter((list) => owners.includes(listOf(list).owner) && isAsked(list, arm))
    .map((list) => (
      <NumberList
        key={list}
        label={t(`methods.list.${list}.label`)}
        meaning={t(`methods.list.${list}.meaning`)}
        nameOf={(at) => nameOf(list, at)}
        values={arm.lists[list] ?? listOf(list).initial(pair)}
        bound={listOf(list)}
        onChange={(values) => set(list, values)}
      />
    ));
}
