import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { shownEvaluations } from '../../../store/shown';
import type { PlaygroundState } from '../../../store/state';
import { type Dot, DotPlot } from '../../charts/DotPlot';
import { usePaced } from '../../charts/usePaced';
import { Typeset } from '../../controls/Typeset';
import { formatCount, formatFixed, formatList, formatShort } from '../../format';
import { shareMargin } from '../../margins';
import type { NamedModel } from '../../useModelNames';
import { evaluationShown } from '../scoreboard/summary';
import styles from './losses.module.css';
import { type Best, closest, mostRight, type SweepPoint, sweepPoints } from './sweep';

/** Milliseconds between two drawings while training. */
const drawEvery = 500;
const pointOf = (state: PlaygroundState) => {
  const { latestFull, latestSample } = shownEvaluations(state);
  return evaluationShown(latestFull, latestSample);
};

interface Props {
  sweep: Arm[];
  models: NamedModel[];
}

/** T against what came of it: closeness to the teacher and words right, a dot for each student, and which T is best. */
export const SweepPlots = memo(function SweepPlots({ sweep, models }: Props) {
  const { t } = useTranslation();
  const point = usePaced(pointOf, drawEvery);
  // Before the first update every student is the same.
  const points = point && point.step > 0 ? sweepPoints(sweep, point) : null;
  const words = point?.maskedWords ?? 0;
  const dots = (figure: (point: SweepPoint) => Pick<Dot, 'y' | 'margin'>): Dot[] =>
    (points ?? []).flatMap((point) => {
      const model = models.find(({ id }) => id === point.arm.id);
      return model ? [{ id: model.id, style: model.style, x: point.arm.temperature, ...figure(point) }] : [];
    });
  const plots = [
    {
      quantity: t('losses.sweepKl'),
      format: (value: number) => formatFixed(value, 2),
      dots: dots(({ quality: { klToTeacher, klError } }) => ({
        y: klToTeacher ?? Number.NaN,
        margin: klError == null ? null : 1.96 * klError,
      })),
    },
    {
      quantity: t('losses.sweepRight'),
      format: (value: number) => formatFixed(value, 1),
      dots: dots(({ quality: { accuracy } }) => ({
        y: 100 * accuracy,
        margin: 100 * shareMargin(accuracy, words),
      })),
    },
  ];
  const temperatures = sweep.map(({ temperature }) => temperature);
  return (
    <section className={styles.progress}>
      <h3 className={styles.title}>{t('losses.sweepTitle')}</h3>
      <div className={styles.measures}>
        {plots.map(({ quantity, format, dots }) => (
          <figure key={quantity}>
            <figcaption>{quantity}</figcaption>
            <DotPlot
              label={t('losses.sweepPlot', {
                quantity,
                points: formatList(
                  dots.map(({ x, y }) =>
                    t('losses.sweepPoint', { temperature: formatShort(x), value: format(y) }),
                  ),
                  'unit',
                ),
              })}
              dots={dots}
              ticks={temperatures}
              xLabel={t('losses.sweepAxis')}
            />
          </figure>
        ))}
      </div>
      <p className={styles.conclusion}>{points ? conclusions(points).join(' ') : t('losses.sweepWaiting')}</p>
      <p className={styles.note}>
        <Typeset>{t('losses.sweepWhy')}</Typeset>
      </p>
    </section>
  );

  /** A sentence for each measure; words are glued nowhere. */
  function conclusions(points: SweepPoint[]): string[] {
    const near = closest(points, words);
    const right = mostRight(points, words);
    if (!right) return [t('losses.sweepFew', { words: formatCount(words) })];
    const names = ({ best, alike, margin }: Best) => ({
      best: formatShort(best.arm.temperature),
      alike: formatList(
        alike.map(({ arm }) => formatShort(arm.temperature)),
        'disjunction',
      ),
      margin: formatFixed(100 * (margin ?? 0), 1),
    });
    const share = `${formatFixed(100 * right.best.quality.accuracy, 1)}\u00a0%`;
    return [
      ...(near
        ? [
            t(near.alike.length > 0 ? 'losses.sweepBestKlAlike' : 'losses.sweepBestKl', {
              ...names(near),
              value: formatFixed(near.best.quality.klToTeacher ?? 0, 2),
            }),
          ]
        : []),
      t(right.alike.length > 0 ? 'losses.sweepBestRightAlike' : 'losses.sweepBestRight', {
        ...names(right),
        value: share,
      }),
    ];
  }
});
