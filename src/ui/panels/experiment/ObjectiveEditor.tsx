import { NativeSelect } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import { type Arm, lossTerms } from '../../../config/experiment';
import { changeArm } from '../../../store/edits';
import { ComputedButton } from '../../controls/ComputedButton';
import { Glossed } from '../../controls/Glossed';
import { NumberField } from '../../controls/NumberField';
import { Term } from '../../controls/Term';
import { spoken } from '../../symbols';
import classes from './experiment.module.css';
import { LayerLossFormulas } from './LayerLossFormulas';
import { ObjectiveFormula } from './ObjectiveFormula';
import type { Draft } from './useDraft';

/** The weights of the losses and T, which act at once, and what the soft targets are. */
export function ObjectiveEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { objective, softTargets, positions, temperature } = arm;
  const change = (changes: Partial<Arm>) => draft.edit((before) => changeArm(before, arm.id, changes));
  const withoutTeacher = draft.teacher === null;
  return (
    <>
      <p className={classes.note}>
        <Trans
          i18nKey="experiment.objective.lede"
          components={{ soft: <Glossed word="softTargets" />, hard: <Glossed word="hardLabels" /> }}
        />
      </p>
      {draft.isLive(arm) && <p className={classes.note}>{t('experiment.atOnceAll')}</p>}
      <p>
        <Term symbol="L" meaning={t('experiment.objective.total')} /> ={' '}
        <ObjectiveFormula objective={objective} />
      </p>
      <NumberField
        label={t('experiment.objective.temperature')}
        meaning={t('shell.temperature.symbol')}
        value={temperature}
        bound={bounds.temperature}
        step={0.5}
        disabled={objective.ce === 0}
        onChange={(value) => draft.setTemperature(arm, value)}
      />
      {lossTerms.map((term) => (
        <NumberField
          key={term}
          label={spoken(t('experiment.objective.weight', { term: t(`common.lossSymbol.${term}`) }))}
          symbol={t(`common.lossSymbol.${term}`)}
          meaning={t(`experiment.objective.${term}`)}
          value={objective[term]}
          bound={bounds.lossWeight}
          step={0.5}
          disabled={withoutTeacher && term !== 'mlm' && objective[term] === 0}
          onChange={(weight) => draft.setObjective(arm, { ...objective, [term]: weight })}
        />
      ))}
      <LayerLossFormulas objective={objective} />
      <ComputedButton />
      <NativeSelect
        size="xs"
        label={t('experiment.objective.softTargets')}
        description={t('experiment.objective.softTargetsMeaning')}
        value={softTargets}
        disabled={objective.ce === 0 && softTargets === 'teacher'}
        onChange={(event) =>
          change({ softTargets: event.currentTarget.value === 'shuffled' ? 'shuffled' : 'teacher' })
        }
        data={[
          { value: 'teacher', label: t('experiment.objective.fromTeacher') },
          { value: 'shuffled', label: t('experiment.objective.shuffled') },
        ]}
      />
      <NativeSelect
        size="xs"
        label={t('experiment.objective.positions')}
        description={t('experiment.objective.positionsMeaning')}
        value={positions}
        onChange={(event) => change({ positions: event.currentTarget.value === 'masked' ? 'masked' : 'all' })}
        data={[
          { value: 'all', label: t('experiment.objective.all') },
          { value: 'masked', label: t('experiment.objective.masked') },
        ]}
      />
    </>
  );
}
