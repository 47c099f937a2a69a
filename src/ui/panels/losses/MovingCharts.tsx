import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlaygroundState } from '../../../store/state';
import type { ChangeLine } from '../../charts/changeLines';
import { LineChart } from '../../charts/LineChart';
import { usePaced } from '../../charts/usePaced';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { Term } from '../../controls/Term';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import { type StageSpan, startsOf } from '../../useStages';
import { LossReadout } from './LossReadout';
import { curveId, extentOf, type LossRow, lossRows, type Moving } from './lossCurves';
import styles from './losses.module.css';
import { useQuantityWords } from './useQuantityWords';

/** Milliseconds between two drawings while training. */
const drawEvery = 500;
const historyOf = (state: PlaygroundState) => state.history;
const emptyRange = [0, 1] as const;

interface Props {
  /** Steps of the whole experiment. */
  end: number;
  moving: readonly Moving[];
  arms: NamedModel[];
  changes: readonly ChangeLine[];
  stages: readonly StageSpan[];
}

/** Numbers that move with the steps and are no losses, such as a learned T: each on an axis of its own. */
export const MovingCharts = memo(function MovingCharts({ moving, ...chart }: Props) {
  const { t } = useTranslation();
  const words = useQuantityWords();
  return (
    <section className={styles.moving} aria-label={t('losses.movingTitle')}>
      <h3 className={styles.title}>{t('losses.movingTitle')}</h3>
      <div className={styles.measures}>
        {moving.map((quantity) => (
          <figure key={quantity}>
            <figcaption>
              <Term symbol={words.symbol(quantity)} />
              <span>
                {words.meaning(quantity)}, {words.unit(quantity)}
              </span>
            </figcaption>
            <MovingChart quantity={quantity} {...chart} />
          </figure>
        ))}
      </div>
    </section>
  );
});

const MovingChart = memo(function MovingChart({
  quantity,
  end,
  arms,
  changes,
  stages,
}: Omit<Props, 'moving'> & { quantity: Moving }) {
  const { t } = useTranslation();
  const words = useQuantityWords();
  const { steps, stepsPerEntry } = usePaced(historyOf, drawEvery);
  const keys = useMemo(
    () => arms.map(({ id, style, from }) => ({ arm: id, quantity, style, from })),
    [arms, quantity],
  );
  const { rows } = useMemo(
    () => lossRows(steps, keys, 1, stepsPerEntry, false, startsOf(stages)),
    [steps, keys, stepsPerEntry, stages],
  );
  const curves = useMemo(
    () => keys.map((key) => ({ id: curveId(key), color: key.style.color, width: 2 })),
    [keys],
  );
  const extent = useMemo(
    () =>
      extentOf(
        rows,
        curves.map(({ id }) => id),
        [],
        'linear',
      ),
    [rows, curves],
  );
  const range = useSteadyRange(extent, 'linear') ?? emptyRange;
  const concerned = useMemo(
    () =>
      arms.filter(({ id }) => rows.some((row) => typeof row[curveId({ arm: id, quantity })] === 'number')),
    [arms, rows, quantity],
  );
  const describe = useCallback(
    (row: LossRow) => <LossReadout row={row} heldOut={undefined} quantities={[quantity]} arms={concerned} />,
    [quantity, concerned],
  );
  return (
    <LineChart
      label={t('losses.movingChart', { symbol: spoken(words.symbol(quantity)) })}
      rows={rows}
      curves={curves}
      changes={changes}
      stages={stages}
      labelRows={1}
      end={end}
      range={range}
      height="8.5rem"
      describe={describe}
      empty={extent === null ? t('losses.noPointsYet') : undefined}
    />
  );
});
