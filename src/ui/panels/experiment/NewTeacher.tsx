import { Button, Tooltip } from '@mantine/core';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Experiment } from '../../../config/experiment';
import type { EvaluationPoint } from '../../../config/results';
import { bestEvaluation, isGettingWorse } from '../../../config/teacherTraining';
import { distilledFrom } from '../../../store/edits';
import { keepTeacher } from '../../../store/keepTeacher';
import { useDraftStore } from '../../../store/useDraftStore';
import { usePlayground } from '../../../store/usePlayground';
import { Glossed } from '../../controls/Glossed';
import { formatNats, formatPercent } from '../../format';
import classes from './experiment.module.css';
import { KeepTeacher } from './KeepTeacher';

/** How a teacher in training gets better, and the way on from there: to students of it. */
export function NewTeacher({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const evaluations = usePlayground((state) => state.history.evaluations);
  const ready = usePlayground((state) => state.phase === 'ready' && state.status.step > 0);
  const actions = usePlayground((state) => state.actions);
  const start = useDraftStore((state) => state.start);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [arm] = experiment.arms;
  const text = experiment.text.kind === 'own' ? experiment.text.name : t('experiment.bundledText');
  const proposal = t('experiment.teacher.keptFrom', { text });

  const distil = async () => {
    setBusy(true);
    // A name has 80 characters at most.
    const kept = await keepTeacher(actions, arm.id, [...proposal].slice(0, 80).join('')).catch(() => null);
    setBusy(false);
    setFailed(kept === null);
    if (kept) start(distilledFrom(experiment, kept.source, kept.shape));
  };
  const samples = evaluations.filter(({ extent }) => extent === 'sample');
  const first = samples[0];
  const last = samples.at(-1);
  const of = (point: EvaluationPoint) => point.arms[arm.id];
  const best = isGettingWorse(evaluations) ? bestEvaluation(evaluations) : null;
  const shown = first && last && last !== first && of(first) && of(last);
  return (
    <section className={classes.newTeacher} aria-label={t('experiment.newTeacher.title')}>
      <h3>{t('experiment.newTeacher.title')}</h3>
      <p className={classes.note}>
        <Trans
          i18nKey="experiment.newTeacher.lede"
          values={{ text }}
          components={{ hard: <Glossed word="hardLabels" /> }}
        />
      </p>
      {shown ? (
        <p>
          <Trans
            i18nKey="experiment.newTeacher.right"
            values={{
              before: formatPercent(of(first).accuracy),
              now: formatPercent(of(last).accuracy),
              start: first.step,
              step: last.step,
            }}
            components={{ held: <Glossed word="heldOut" /> }}
          />
          <span className={classes.note}>
            {t('experiment.newTeacher.loss', {
              before: formatNats(of(first).loss),
              now: formatNats(of(last).loss),
            })}
          </span>
        </p>
      ) : (
        <p>{t('experiment.newTeacher.start')}</p>
      )}
      {best && (
        <p className={classes.worse} role="status">
          {t('experiment.newTeacher.worse', { step: best.step })}
        </p>
      )}
      <div className={classes.buttons}>
        <Tooltip label={t('experiment.newTeacher.distilHint')}>
          <Button size="xs" disabled={!ready} loading={busy} onClick={distil}>
            {t('experiment.newTeacher.distil')}
          </Button>
        </Tooltip>
        <KeepTeacher arm={arm} label={t('experiment.teacher.keepNew')} proposal={proposal} />
      </div>
      {failed && (
        <p className={classes.problem} role="alert">
          {t('experiment.newTeacher.distilFailed')}
        </p>
      )}
    </section>
  );
}
