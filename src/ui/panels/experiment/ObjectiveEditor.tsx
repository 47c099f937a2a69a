import { Button } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { hasTerm, weightOf } from '../../../config/objective';
import { sourceShape } from '../../../config/sources';
import { type TermId, termIds } from '../../../methods/registry';
import { changeArm } from '../../../store/edits';
import { Glossed } from '../../controls/Glossed';
import { Term } from '../../controls/Term';
import { useMeanings } from '../../useMeanings';
import { LedgerDialog } from '../LedgerDialog';
import { AddTerm } from './AddTerm';
import { type Fit, startingWeight } from './addable';
import classes from './experiment.module.css';
import { ChoiceFields, DialFields, ListFields } from './MethodFields';
import { ObjectiveFormula } from './ObjectiveFormula';
import styles from './objective.module.css';
import { SourceField } from './SourceField';
import { TargetFields } from './TargetFields';
import { TemperatureFields } from './TemperatureFields';
import { TermRow } from './TermRow';
import type { Draft } from './useDraft';

/** The losses with their weights, T and the numbers that act at once; then what another way of computing is. */
export function ObjectiveEditor({ draft, arm }: { draft: Draft; arm: Arm }) {
  const { t } = useTranslation();
  const meanings = useMeanings();
  // A weight that is 0 for a moment, on the way to 0.5, leaves its row where it is until the focus does.
  const [held, hold] = useState<TermId | null>(null);
  const [ledger, setLedger] = useState(false);
  const acts = draft.acts(arm);
  const source = draft.teacher ? sourceShape(draft.experiment, draft.teacher, arm) : null;
  const rows = termIds.filter((term) => hasTerm(arm, term) || term === held);
  const setWeight = (term: TermId, weight: number) => draft.setNumber(arm, `weights.${term}`, weight);
  const add = (term: TermId, fit: Fit) => {
    const weight = startingWeight(term);
    if (fit.kind !== 'with') return setWeight(term, weight);
    const weights = { ...arm.weights, [term]: weight };
    const choices = { ...arm.choices, [fit.choice]: fit.option };
    draft.edit((before) => changeArm(before, arm.id, { weights, choices }));
  };
  return (
    <>
      <p className={classes.note}>
        <Trans
          i18nKey="experiment.objective.lede"
          components={{ soft: <Glossed word="softTargets" />, hard: <Glossed word="hardLabels" /> }}
        />
      </p>
      <p>
        <Term symbol="L" meaning={t('experiment.objective.total')} /> = <ObjectiveFormula arm={arm} />
      </p>
      <section className={styles.part} aria-label={t('experiment.objective.numbers')}>
        <h4>
          {t('experiment.objective.numbers')}
          {acts && <span>{t(`experiment.objective.acts.${acts}`)}</span>}
        </h4>
        <ul className={styles.terms}>
          {rows.map((term) => (
            <TermRow
              key={term}
              term={term}
              weight={weightOf(arm, term)}
              meanings={meanings}
              onWeight={(weight) => {
                hold(term);
                setWeight(term, weight);
              }}
              onRemove={() => {
                hold(null);
                setWeight(term, 0);
              }}
              onLeave={() => hold(null)}
            />
          ))}
        </ul>
        <AddTerm arm={arm} source={source} present={rows} onAdd={add} />
        <div>
          <Button size="xs" variant="default" onClick={() => setLedger(true)}>
            {t('losses.ledger')}
          </Button>
        </div>
        {ledger && <LedgerDialog arm={arm.id} onClose={() => setLedger(false)} />}
        <TemperatureFields draft={draft} arm={arm} />
        <DialFields draft={draft} arm={arm} live />
      </section>
      <section className={styles.part} aria-label={t('experiment.objective.ways')}>
        <h4>
          {t('experiment.objective.ways')}
          {acts && <span>{t('experiment.objective.restarts')}</span>}
        </h4>
        <SourceField draft={draft} arm={arm} />
        <DialFields draft={draft} arm={arm} live={false} />
        <ListFields draft={draft} arm={arm} />
        <ChoiceFields draft={draft} arm={arm} />
        <TargetFields draft={draft} arm={arm} />
      </section>
    </>
  );
}
