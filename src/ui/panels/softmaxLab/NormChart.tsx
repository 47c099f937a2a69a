import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { norm, softLossGradient } from '../../softmax';
import { temperatureMarks } from '../../temperatureSteps';
import styles from './softmaxLab.module.css';

interface Props {
  teacher: readonly number[];
  student: readonly number[];
  temperature: number;
  format: (value: number) => string;
}

/** Four points for each doubling. */
const grid = temperatureMarks.flatMap((mark, i) =>
  i === temperatureMarks.length - 1 ? [mark] : [0, 1, 2, 3].map((quarter) => mark * 2 ** (quarter / 4)),
);
const decades = [0.001, 0.01, 0.1, 1, 10];

/** Length of the soft loss's gradient against T, with and without T², on logarithmic axes that never move. */
export function NormChart({ teacher, student, temperature, format }: Props) {
  const { t } = useTranslation();
  const points = useMemo(
    () =>
      grid.map((at) => ({
        temperature: at,
        with: norm(softLossGradient(student, teacher, at, true)),
        without: norm(softLossGradient(student, teacher, at, false)),
      })),
    [teacher, student],
  );
  const axis = { stroke: 'var(--soft)', tick: { fill: 'var(--soft)', fontSize: 11 }, tickLine: false };
  const line = {
    type: 'monotone',
    stroke: 'var(--arm-1)',
    strokeWidth: 2,
    isAnimationActive: false,
  } as const;
  return (
    <LineChart
      responsive
      data={points}
      className={styles.normChart}
      margin={{ top: 8, right: 12, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      aria-hidden
    >
      <CartesianGrid stroke="var(--line)" vertical={false} />
      <XAxis
        {...axis}
        dataKey="temperature"
        type="number"
        scale="log"
        domain={[grid[0], grid[grid.length - 1]]}
        ticks={temperatureMarks}
        tickFormatter={String}
      />
      <YAxis
        {...axis}
        type="number"
        scale="log"
        domain={[decades[0], decades[decades.length - 1]]}
        ticks={decades}
        tickFormatter={String}
        allowDataOverflow
        axisLine={false}
        width={44}
      />
      <Tooltip
        isAnimationActive={false}
        labelFormatter={(at) => `T = ${format(Number(at))}`}
        formatter={(value) => format(Number(value))}
        contentStyle={{ background: 'var(--card)', border: '1px solid var(--line)', borderRadius: 8 }}
      />
      <ReferenceLine x={temperature} stroke="var(--ink)" strokeDasharray="2 3" />
      <Line {...line} dataKey="with" name={t('softmaxLab.withShort')} dot={false} />
      <Line
        {...line}
        dataKey="without"
        name={t('softmaxLab.withoutShort')}
        dot={false}
        strokeDasharray="6 4"
      />
    </LineChart>
  );
}
