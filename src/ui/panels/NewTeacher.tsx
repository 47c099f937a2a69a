import { Button, Tooltip } from '@mantine/core';
import { useId, useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { Experiment } from '../../config/experiment';
import type { EvaluationPoint } from '../../config/results';
import { bestEvaluation, isGettingWorse, isTeacherInTraining } from '../../config/teacherTraining';
import { textName } from '../../i18n/textName';
import { distilledFrom } from '../../store/edits';
import { keepTeacher } from '../../store/keepTeacher';
import { useDraftStore } from '../../store/useDraftStore';
import { usePlayground } from '../../store/usePlayground';
import { Glossed } from '../controls/Glossed';
import classes from '../controls/Strip.module.css';
import { formatNats, formatPercent } from '../format';
import { KeepTeacher } from './experiment/KeepTeacher';

/** How a teacher in training gets better, and the way on from there: to students of it. */
function Strip({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation();
  const evaluations = usePlayground((state) => state.history.evaluations);
  const ready = usePlayground((state) => state.phase === 'ready' && state.status.step > 0);
  const actions = usePlayground((state) => state.actions);
  const start = useDraftStore((state) => state.start);
  const heading = useId();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const [arm] = experiment.arms;
  const text = textName(experiment.text, t);
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
    <section className={classes.strip} aria-labelledby={heading}>
      <div className={classes.words}>
        <h2 id={heading}>{t('experiment.newTeacher.title')}</h2>
        <p>
          <Trans
            i18nKey="experiment.newTeacher.lede"
            values={{ text }}
            components={{ hard: <Glossed word="hardLabels" /> }}
          />
        </p>
      </div>
      <p className={classes.figures}>
        {shown ? (
          <Trans
            i18nKey="experiment.newTeacher.figures"
            values={{
              before: formatPercent(of(first).accuracy),
              now: formatPercent(of(last).accuracy),
              lossBefore: formatNats(of(first).loss),
              lossNow: formatNats(of(last).loss),
              start: first.step,
              step: last.step,
            }}
            components={{ held: <Glossed word="heldOut" />, b: <b /> }}
          />
        ) : (
          t('experiment.newTeacher.start')
        )}
      </p>
      <div className={classes.buttons}>
        <Tooltip label={t('experiment.newTeacher.distilHint')}>
          <Button disabled={!ready} loading={busy} onClick={distil}>
            {t('experiment.newTeacher.distil')}
          </Button>
        </Tooltip>
        <KeepTeacher arm={arm} size="sm" label={t('experiment.teacher.keepNew')} proposal={proposal} />
      </div>
      {best && (
        <p className={classes.worse} role="status">
          {t('experiment.newTeacher.worse', { step: best.step })}
        </p>
      )}
      {failed && (
        <p className={classes.problem} role="alert">
          {t('experiment.newTeacher.distilFailed')}
        </p>
      )}
    </section>
  );
}

/** The strip about a teacher in training, where the experiment is one. */
export function NewTeacher() {
  const experiment = usePlayground((state) => state.experiment);
  return isTeacherInTraining(experiment) && <Strip key={experiment.text.id} experiment={experiment} />;
}
