import { useTranslation } from 'react-i18next';
import type { Calibration, ReliabilityBin } from '../../../config/scores';
import { useWidth } from '../../charts/useWidth';
import { XyPlot } from '../../charts/XyPlot';
import { formatCompact, formatCount, formatPercent } from '../../format';
import type { ModelStyle } from '../../modelStyle';
import { spoken } from '../../symbols';
import { dotsOf } from './calibrationFigures';
import styles from './scores.module.css';

interface Props {
  name: string;
  style: ModelStyle;
  calibration: Calibration;
}

/** How often a model is right by how sure it is, at T = 1 and at the best T, and how many guesses each group has. */
export function ReliabilityPlot({ name, style, calibration: { asItIs, atBest } }: Props) {
  const { t } = useTranslation();
  const groups = asItIs.bins
    .filter(({ count }) => count > 0)
    .map(({ confidence, accuracy, count }) =>
      t('scores.calibration.group', {
        confidence: formatPercent(confidence, 0),
        accuracy: formatPercent(accuracy, 0),
        guesses: formatCount(count),
      }),
    );
  return (
    <>
      <XyPlot
        label={t('scores.calibration.dots', { model: spoken(name), groups: groups.join('; ') })}
        x={1}
        y={1}
        xLabel={t('scores.calibration.x')}
        yLabel={t('scores.calibration.y')}
        format={(value) => formatPercent(value, 0)}
        xTicks={[0, 0.5, 1]}
        height={300}
        diagonal
        series={[
          { id: 'atBest', style, points: dotsOf(atBest, false), hollow: true },
          { id: 'asItIs', style, points: dotsOf(asItIs, true) },
        ]}
      />
      <Counts bins={asItIs.bins} colour={style.color} />
    </>
  );
}

const height = 76;
/** What a number on end takes above its bar. */
const room = 46;
/** As the plot above leaves free. */
const [left, right] = [48, 22];

/** Guesses of each group, as bars below the plot. The figures are in its words. */
function Counts({ bins, colour }: { bins: readonly ReliabilityBin[]; colour: string }) {
  const { t } = useTranslation();
  const { ref, width } = useWidth<HTMLDivElement>();
  const most = Math.max(...bins.map(({ count }) => count));
  const step = (width - left - right) / bins.length;
  return (
    <div ref={ref} className={styles.counts} style={{ height: height + 20 }}>
      {width > 0 && (
        <svg width={width} height={height + 20} aria-hidden="true" focusable="false">
          {bins.map(({ low, count }, i) => {
            const tall = (count / most) * (height - room);
            const middle = left + (i + 0.5) * step;
            return (
              count > 0 && (
                <g key={low}>
                  <rect
                    x={left + i * step + 1}
                    y={height - tall}
                    width={Math.max(1, step - 2)}
                    height={Math.max(1, tall)}
                    fill={colour}
                    fillOpacity={0.45}
                  />
                  <text transform={`translate(${middle + 4} ${height - tall - 3}) rotate(-90)`}>
                    {formatCompact(count)}
                  </text>
                </g>
              )
            );
          })}
          <text x={left + (width - left - right) / 2} y={height + 15} textAnchor="middle">
            {t('scores.calibration.counts')}
          </text>
        </svg>
      )}
    </div>
  );
}
