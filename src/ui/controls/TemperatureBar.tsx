import { useId, useRef } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { teacherModel } from '../../config/modelIds';
import { shownProbe } from '../../store/shown';
import { usePlayground } from '../../store/usePlayground';
import { formatList, formatProbability, formatShort, formatTemperature } from '../format';
import { softmax, topIndices } from '../softmax';
import { effectOf, sentenceOf, trainedOver } from '../temperatures';
import { useModels } from '../useModelNames';
import { useMoved } from '../useMoved';
import { useReportInSight } from '../usePageFrame';
import { useTask } from '../useTask';
import { type TemperatureInHand, useTemperature } from '../useTemperature';
import { LearnedButton } from './LearnedButton';
import { Meaning } from './Meaning';
import { MicroscopeButton } from './MicroscopeButton';
import classes from './TemperatureBar.module.css';
import { TemperatureTrack } from './TemperatureTrack';
import { Term } from './Term';

/** The best word, or class, of the first model at T = 1 and at the T that one looks at. */
function LiveFigures({ temperature }: { temperature: number }) {
  const { t } = useTranslation();
  const probe = usePlayground(shownProbe);
  const pieces = usePlayground((state) => state.opened?.vocabulary);
  const classes = useTask()?.labels;
  const vocabulary = probe?.classes ? (classes?.length ? classes : probe.classes) : pieces;
  const [first] = useModels();
  const logits = probe?.models.find(({ id }) => id === first.id)?.logits;
  if (!logits || vocabulary?.length !== logits.length) return <p>{t('shell.temperature.waiting')}</p>;
  const [best] = topIndices(logits, 1);
  const values = {
    model: first.id === teacherModel ? t('shell.temperature.live.teacher') : first.name,
    token: vocabulary[best],
    plain: formatProbability(softmax(logits, 1)[best]),
    temperature: formatTemperature(temperature),
    soft: formatProbability(softmax(logits, temperature)[best]),
  };
  return (
    <p>
      <Trans
        i18nKey={`shell.temperature.live.${effectOf(temperature)}`}
        values={values}
        components={[<strong key="token" />]}
      />
    </p>
  );
}

/** Both temperatures in figures, each with the way to the other where they differ. */
function Values({ temperatures }: { temperatures: TemperatureInHand }) {
  const { t } = useTranslation();
  const changes = usePlayground((state) => state.history.changes);
  const stage = usePlayground((state) => state.status.stage);
  const { view, training, first, canTrain, finished, trainAtView, lookAtTraining } = temperatures;
  const equals = (values: string) => (
    <>
      <Term symbol="T" meaning={t('shell.temperature.symbol')} />
      {` = ${values}`}
    </>
  );
  const shared = training.length === 1;
  const trained = shared
    ? trainedOver(finished ? changes : [], training[0].arms[0], training[0].temperature, stage)
        .map(formatTemperature)
        .join(' → ')
    : formatList(
        training.map(({ temperature }) => formatShort(temperature)),
        'unit',
      );
  return (
    <ul className={classes.values}>
      <li>
        <i className={classes.viewKey} />
        <Meaning text={t('shell.temperature.viewMeaning')}>{t('shell.temperature.view')}</Meaning>
        <span className={classes.value}>{equals(formatTemperature(view))}</span>
        {view !== first && (
          <button type="button" className={classes.other} onClick={lookAtTraining}>
            {t('shell.temperature.viewAgain', { value: formatTemperature(first) })}
          </button>
        )}
      </li>
      <li>
        <i className={classes.trainKey} data-resting={!canTrain || undefined} />
        <Meaning text={t('shell.temperature.trainMeaning')}>
          {t(finished ? 'shell.temperature.trained' : 'shell.temperature.train')}
        </Meaning>
        <span className={classes.value}>
          {training.length > 0 ? equals(trained) : t('shell.temperature.noStudent')}
        </span>
        {canTrain && view !== first && (
          <button type="button" className={classes.other} onClick={trainAtView}>
            {t('shell.temperature.trainToo', { value: formatTemperature(view) })}
          </button>
        )}
        {training.length > 0 && <LearnedButton />}
      </li>
    </ul>
  );
}

/** Both temperatures, across the page: the one to look at, and the one that students train at. */
export function TemperatureBar() {
  const { t } = useTranslation();
  const temperatures = useTemperature();
  const moved = useMoved(temperatures);
  const sentence = useId();
  const bar = useRef<HTMLElement>(null);
  useReportInSight(bar);
  const { view, first, training } = temperatures;
  return (
    <section ref={bar} className={classes.bar} aria-label={t('shell.temperature.label')}>
      <div className={classes.parts}>
        <div>
          <h2>
            {t('shell.temperature.label')}
            <span className={classes.formula}>
              softmax(
              <Term symbol="z" meaning={t('shell.temperature.logits')} /> / <Term symbol="T" />)
            </span>
          </h2>
          <Values temperatures={temperatures} />
        </div>
        <TemperatureTrack describedBy={sentence} />
        <div className={classes.words}>
          <p id={sentence}>
            {t(`shell.temperature.say.${sentenceOf(temperatures, moved)}`, {
              view: formatTemperature(view),
              train: formatTemperature(first),
              count: training[0]?.arms.length ?? 0,
            })}
          </p>
          <LiveFigures temperature={view} />
          <MicroscopeButton />
        </div>
      </div>
    </section>
  );
}
