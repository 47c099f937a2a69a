import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { termsOf } from '../../../config/objective';
import { termOf } from '../../../methods/registry';
import { type SoftTargets, softTargetKinds } from '../../../methods/softTargets';
import { changeArm } from '../../../store/edits';
import { Typeset } from '../../controls/Typeset';
import type { Draft } from './useDraft';

/** What soft targets are made of, and where predictions are compared, of the losses that ask. */
export function TargetFields({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { softTargets, positions } = arm;
  const change = (changes: Partial<Arm>) => draft.edit((before) => changeArm(before, arm.id, changes));
  const terms = termsOf(arm);
  const readTargets = terms.some((term) => termOf(term).reads.teacher.includes('targets'));
  const overRows = terms.filter((term) => termOf(term).meanOver === 'rows');
  return (
    <>
      {(readTargets || softTargets !== 'teacher') && (
        <NativeSelect
          size="xs"
          label={t('experiment.objective.softTargets')}
          description={t('experiment.objective.softTargetsMeaning')}
          value={softTargets}
          onChange={(event) => change({ softTargets: event.currentTarget.value as SoftTargets })}
          data={softTargetKinds.map((value) => ({ value, label: t(`methods.control.${value}`) }))}
        />
      )}
      {(overRows.length > 0 || positions !== 'all') && (
        <NativeSelect
          size="xs"
          label={t('experiment.objective.positions')}
          description={
            <Typeset>
              {t('experiment.objective.positionsMeaning', {
                terms: overRows.map((term): string => termOf(term).symbol),
              })}
            </Typeset>
          }
          value={positions}
          onChange={(event) =>
            change({ positions: event.currentTarget.value === 'masked' ? 'masked' : 'all' })
          }
          data={[
            { value: 'all', label: t('experiment.objective.all') },
            { value: 'masked', label: t('experiment.objective.masked') },
          ]}
        />
      )}
    </>
  );
}
