import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { shownProblem, shownSentence } from '../../../store/shown';
import { usePlayground } from '../../../store/usePlayground';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount, formatList } from '../../format';
import { inOneLine } from '../../inOneLine';
import { useModels } from '../../useModelNames';
import { useTask } from '../../useTask';
import { useTemperature } from '../../useTemperature';
import { Bars } from './Bars';
import { Figures } from './Figures';
import styles from './predictions.module.css';
import { axisLimit, probabilityLines, readProbe, shownTokens } from './readProbe';
import { useSteadyProbe } from './useSteadyProbe';

const tokensShown = 8;
/** As many where a panel fills a low screen, such as a projector's: fewer words that can be read from the back row. */
const tokensFromAfar = 5;
/** Milliseconds between two drawings of new logits; T acts at once. */
const drawEvery = 100;
/** Lengths of the pale bars that stand where the bars will be, in per cent. */
const placeholders = [62, 38, 27, 20, 15, 11, 8, 6];

/** Columns of the file. */
const file = ['model', 'answer', 'probability', 'temperature', 'entropy', 'kl'] as const;

/** As many classes are all shown, where they stand; of more the teacher's best, as of words. */
const classesShown = 12;

/**
 * What the models answer at the mask, or say of a task's text: figures and bars, or what one is waiting for.
 * `head`: of the panel, where the menu stands that saves them.
 */
export function Answers({ head }: { head: HTMLElement | null }) {
  const box = useRef<HTMLDivElement>(null);
  const { t } = useTranslation();
  const probe = useSteadyProbe(drawEvery);
  const task = useTask();
  const pieces = usePlayground((state) => state.opened?.vocabulary);
  // A stage of the past may be of other rows than those at hand.
  const named = task?.labels.length === probe?.classes?.length ? task?.labels : undefined;
  const classes = probe?.classes && (named ?? probe.classes);
  const vocabulary = task ? classes : pieces;
  const sentence = usePlayground(shownSentence);
  const problem = usePlayground(shownProblem);
  const past = usePlayground((state) => state.past !== null);
  const scale = usePlayground((state) => state.view.probabilityScale);
  const full = usePlayground((state) => state.view.fullPanel === 'predictions');
  const low = useMediaQuery('(max-height: 48em)', undefined, { getInitialValueInEffect: false });
  const count = full && low ? tokensFromAfar : tokensShown;
  const models = useModels();
  const { view: temperature } = useTemperature();

  const readings = useMemo(() => (probe ? readProbe(probe.models, temperature) : []), [probe, temperature]);
  // Order and range of the last drawing, so that nothing jumps; they belong to one sentence and one vocabulary.
  const last = useRef<{ of: string; tokens: number[]; limit: number | null }>({
    of: '',
    tokens: [],
    limit: null,
  });
  const of = `${probe?.sentence}\n${vocabulary?.length}\n${count}`;
  const previous = last.current.of === of ? last.current : { of, tokens: [], limit: null };
  const shown =
    classes && classes.length <= classesShown
      ? classes.map((_, index) => index)
      : shownTokens(readings, count, previous.tokens);
  const largest = Math.max(
    0,
    ...readings.flatMap(({ probabilities }) => shown.map((token) => probabilities[token])),
  );
  const limit = axisLimit(largest, previous.limit);
  last.current = { of, tokens: shown, limit };

  // A probe of another vocabulary can be here for a moment while an experiment is being opened.
  if (!probe || !vocabulary || readings[0]?.probabilities.length !== vocabulary.length) {
    const waiting = problem ? t('predictions.noAnswer') : t('predictions.waiting');
    return (
      <div className={styles.empty} aria-busy={!problem}>
        {placeholders.map((width) => (
          <span key={width} style={{ width: `${width}%` }} />
        ))}
        <p>{pieces ? waiting : t('predictions.loading')}</p>
      </div>
    );
  }

  const unknown = formatList(probe.unknownWords.map((word) => `“${word}”`));
  return (
    <div ref={box} className={styles.answers}>
      {head &&
        createPortal(
          <SaveFigure
            title={t('predictions.figure', { sentence: inOneLine(probe.sentence) })}
            of={box}
            step={probe.step}
            numbers={() => [
              file.map((column) => t(`predictions.file.${column}`)),
              ...probabilityLines(readings, models, shown, vocabulary, temperature),
            ]}
          />,
          head,
        )}
      <Figures readings={readings} models={models} vocabulary={vocabulary} isTask={task !== null} />
      <Bars
        readings={readings}
        models={models}
        shown={shown}
        vocabulary={vocabulary}
        isTask={task !== null}
        scale={scale}
        limit={limit}
        temperature={temperature}
      />
      <p className={styles.note}>
        {t(past ? 'predictions.recorded' : 'predictions.atStep', { step: formatCount(probe.step) })}{' '}
        {probe.sentence !== sentence && t('predictions.stale', { sentence: inOneLine(probe.sentence) })}{' '}
        {unknown && t('predictions.unknownWords', { words: unknown })}
      </p>
    </div>
  );
}
