import { Button, NativeSelect } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import { bounds } from '../../../config/bounds';
import type { Arm } from '../../../config/experiment';
import { isSoftened, termsOf, weightOf } from '../../../config/objective';
import { needsTeacher, termOf } from '../../../methods/registry';
import { type SoftTargets, softTargetKinds } from '../../../methods/softTargets';
import { changeArm } from '../../../store/edits';
import { ComputedButton } from '../../controls/ComputedButton';
import { Glossed } from '../../controls/Glossed';
import { NumberField } from '../../controls/NumberField';
import { Term } from '../../controls/Term';
import { spoken } from '../../symbols';
import { AddTerm } from './AddTerm';
import classes from './experiment.module.css';
import { MethodFields } from './MethodFields';
import { ObjectiveFormula } from './ObjectiveFormula';
import { TermFormulas } from './TermFormulas';
import type { Draft } from './useDraft';

/** The weights of the losses and T, which act at once, and what the methods that they are of leave open. */
export function ObjectiveEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const { softTargets, positions, temperature, teacherTemperature } = arm;
  const change = (changes: Partial<Arm>) => draft.edit((before) => changeArm(before, arm.id, changes));
  const softened = isSoftened(arm);
  const terms = termsOf(arm);
  const readsTargets = terms.some((term) => termOf(term).reads.teacher.includes('targets'));
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
        <Term symbol="L" meaning={t('experiment.objective.total')} /> = <ObjectiveFormula arm={arm} />
      </p>
      {terms.map((term) => (
        <NumberField
          key={term}
          label={spoken(t('experiment.objective.weight', { term: termOf(term).symbol }))}
          symbol={termOf(term).symbol}
          meaning={t(`methods.term.${term}`)}
          value={weightOf(arm, term)}
          bound={bounds.lossWeight}
          step={0.5}
          disabled={draft.teacher === null && needsTeacher(term) && weightOf(arm, term) === 0}
          onChange={(weight) => draft.setNumber(arm, `weights.${term}`, weight)}
        />
      ))}
      <AddTerm
        arm={arm}
        teacher={draft.teacher ?? null}
        onAdd={(term) => draft.setNumber(arm, `weights.${term}`, 1)}
      />
      <NumberField
        label={t('experiment.objective.temperature')}
        meaning={t('shell.temperature.symbol')}
        value={temperature}
        bound={bounds.temperature}
        step={0.5}
        disabled={!softened}
        onChange={(value) => draft.setNumber(arm, 'temperature', value)}
      />
      {softened && teacherTemperature !== undefined && (
        <NumberField
          label={t('experiment.objective.teacherTemperature')}
          meaning={t('experiment.objective.teacherTemperatureMeaning')}
          value={teacherTemperature}
          bound={bounds.temperature}
          step={0.5}
          onChange={(value) => draft.setNumber(arm, 'teacherTemperature', value)}
        />
      )}
      {softened && (
        <Button
          className={classes.aside}
          variant="subtle"
          size="compact-xs"
          onClick={() =>
            change({ teacherTemperature: teacherTemperature === undefined ? temperature : undefined })
          }
        >
          {t(
            teacherTemperature === undefined ? 'experiment.objective.apart' : 'experiment.objective.together',
          )}
        </Button>
      )}
      <MethodFields draft={draft} arm={arm} />
      <TermFormulas arm={arm} />
      <ComputedButton />
      <NativeSelect
        size="xs"
        label={t('experiment.objective.softTargets')}
        description={t('experiment.objective.softTargetsMeaning')}
        value={softTargets}
        disabled={!readsTargets && softTargets === 'teacher'}
        onChange={(event) => change({ softTargets: event.currentTarget.value as SoftTargets })}
        data={softTargetKinds.map((value) => ({ value, label: t(`methods.control.${value}`) }))}
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
