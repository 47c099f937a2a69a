import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { choiceOf, dialOf, methodsOf } from '../../../config/objective';
import { optionWords } from '../../../i18n/armName';
import type { Pair } from '../../../methods/method';
import {
  choiceIds,
  type DialId,
  dialBound,
  dialIds,
  listIds,
  listOf,
  optionsOf,
  ownerOfChoice,
} from '../../../methods/registry';
import { changeArm } from '../../../store/edits';
import { NumberField } from '../../controls/NumberField';
import { NumberList } from './NumberList';
import type { Draft } from './useDraft';

/** What the methods of an arm's losses, and the control of its soft targets, leave open: numbers, lists and ways. */
export function MethodFields({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const owners: string[] = [...methodsOf(arm), arm.softTargets];
  const { teacher } = draft;
  const pair: Pair | null = teacher
    ? { student: { ...arm.student, vocabularySize: teacher.vocabularySize }, teacher, plan: arm }
    : null;
  const edit = (changes: Partial<Arm>) => draft.edit((before) => changeArm(before, arm.id, changes));
  const setDial = (dial: DialId, value: number) => {
    if (dialBound(dial).live) return draft.setNumber(arm, `dials.${dial}`, value);
    const { [dial]: _, ...others } = arm.dials;
    edit({ dials: value === dialBound(dial).initial ? others : { ...others, [dial]: value } });
  };
  return (
    <>
      {dialIds
        .filter((dial) => owners.includes(dialBound(dial).owner))
        .map((dial) => (
          <NumberField
            key={dial}
            label={t(`methods.dial.${dial}.label`)}
            meaning={t(`methods.dial.${dial}.meaning`)}
            value={dialOf(arm, dial)}
            bound={dialBound(dial)}
            step={dialBound(dial).integer ? undefined : 0.1}
            onChange={(value) => setDial(dial, value)}
          />
        ))}
      {choiceIds
        // A way of running layers is offered wherever there is a teacher: no loss brings it along.
        .filter((choice) => owners.includes(ownerOfChoice(choice)) || (choice === 'blocks' && pair))
        .map((choice) => (
          <NativeSelect
            key={choice}
            size="xs"
            label={t(`methods.choice.${choice}.label`)}
            description={t(`methods.choice.${choice}.meaning`)}
            value={choiceOf(arm, choice)}
            onChange={(event) => {
              const { [choice]: _, ...others } = arm.choices;
              const option = event.currentTarget.value;
              edit({ choices: option === optionsOf(choice)[0] ? others : { ...others, [choice]: option } });
            }}
            data={optionsOf(choice).map((value) => ({ value, label: optionWords(choice, value, t) }))}
          />
        ))}
      {pair &&
        listIds
          .filter((list) => owners.includes(listOf(list).owner))
          .map((list) => (
            <NumberList
              key={list}
              label={t(`methods.list.${list}.label`)}
              meaning={t(`methods.list.${list}.meaning`)}
              values={arm.lists[list] ?? listOf(list).initial(pair)}
              bound={listOf(list)}
              onChange={(values) => {
                const { [list]: _, ...others } = arm.lists;
                const initial = String(listOf(list).initial(pair));
                edit({ lists: String(values) === initial ? others : { ...others, [list]: values } });
              }}
            />
          ))}
    </>
  );
}
