import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepsOf } from '../../../config/stages';
import { termOf } from '../../../methods/registry';
import { usePlayground } from '../../../store/usePlayground';
import { Notation } from '../../controls/Notation';
import { SaveFigure } from '../../figures/SaveFigure';
import { formatCount, formatPercent, formatTick } from '../../format';
import { dashOf, type ModelStyle } from '../../modelStyle';
import { useWidth } from '../wiring/useWidth';
import { type Charted, type Line, lineCells, linesOf, nameOf, signed, type Where } from './figures';
import styles from './ledger.module.css';
import { usePartNames } from './usePartNames';

interface Props {
  arm: string;
  style: ModelStyle;
  where: Where;
}

const height = 210;
const plot = { left: 52, right: 14, top: 10, bottom: 38 };
/** Lines of more points than this bear no dots. */
const mostDots = 40;

/** The shares, or the cosines, of one part over the steps at which it was looked. */
export function OverTime({ arm, style, where }: Props) {
  const { t } = useTranslation();
  const partName = usePartNames();
  const record = usePlayground((state) => state.ledger);
  const end = usePlayground((state) => stepsOf(state.experiment));
  const [charted, setCharted] = useState<Charted>('share');
  const lines = useMemo(() => linesOf(record, arm, where, charted), [record, arm, where, charted]);
  const title = t(`ledger.overTime.${charted}`, { part: partName(where) });
  const told = (value: number) => (charted === 'share' ? formatPercent(value, 0) : signed(value));
  const keys = lines.map(({ key }) => key);
  const newest = (line: Line) => line.points[line.points.length - 1];
  return (
    <section className={styles.figure} data-figure>
      <div className={styles.head}>
        <h3>{title}</h3>
        <SegmentedControl
          data-no-figure
          size="xs"
          aria-label={t('ledger.overTime.of')}
          value={charted}
          onChange={(value) => setCharted(value as Charted)}
          data={(['share', 'cosine'] as const).map((value) => ({
            value,
            label: t(`ledger.overTime.${value}s`),
          }))}
        />
        <SaveFigure
          title={title}
          numbers={() =>
            lineCells(
              lines,
              (['step', 'terms', charted] as const).map((column) => t(`ledger.file.${column}`)),
            )
          }
        />
      </div>
      <ul className={styles.legend}>
        {lines.map((line) => (
          <li key={line.key}>
            <svg width="34" height="10" aria-hidden="true">
              <line
                x1="0"
                x2="34"
                y1="5"
                y2="5"
                stroke={style.color}
                strokeWidth="2.4"
                strokeDasharray={dashOf(line.key, keys)}
              />
            </svg>
            {line.terms.map((term, i) => (
              <span key={term}>
                {i > 0 && ' × '}
                <Notation symbol={termOf(term).symbol} />
              </span>
            ))}
            <b>{told(newest(line).value)}</b>
          </li>
        ))}
      </ul>
      <Curves
        lines={lines}
        color={style.color}
        end={end}
        from={charted === 'share' ? 0 : -1}
        told={charted === 'share' ? (value) => formatPercent(value, 0) : formatTick}
        label={t('ledger.overTime.chart', {
          title,
          lines: lines.map((line): string =>
            t('ledger.overTime.line', {
              terms: line.terms.map(nameOf).join(' × '),
              from: told(line.points[0].value),
              first: line.points[0].step,
              to: told(newest(line).value),
              last: newest(line).step,
            }),
          ),
        })}
      />
      <p className={styles.note}>{t('ledger.overTime.note')}</p>
    </section>
  );
}

interface CurvesProps {
  lines: readonly Line[];
  color: string;
  /** Right end of the axis of steps, which starts at 0. */
  end: number;
  /** Lower end of the other axis, which ends at 1. */
  from: number;
  told: (value: number) => string;
  /** What it shows, with the figures, for those who can't see it. */
  label: string;
}

function Curves({ lines, color, end, from, told, label }: CurvesProps) {
  const { t } = useTranslation();
  const { ref, width } = useWidth<HTMLDivElement>();
  const [right, bottom] = [Math.max(plot.left + 40, width - plot.right), height - plot.bottom];
  const xOf = (step: number) => plot.left + ((right - plot.left) * step) / Math.max(1, end);
  const yOf = (value: number) => bottom - ((bottom - plot.top) * (value - from)) / (1 - from);
  const keys = lines.map(({ key }) => key);
  return (
    <div ref={ref} className={styles.curves}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {[from, (1 + from) / 2, 1].map((tick) => (
          <g key={tick}>
            <line x1={plot.left} x2={right} y1={yOf(tick)} y2={yOf(tick)} stroke="var(--line)" />
            <text x={plot.left - 6} y={yOf(tick) + 4} textAnchor="end">
              {told(tick)}
            </text>
          </g>
        ))}
        {[0, end].map((step, i) => (
          <text key={step} x={xOf(step)} y={bottom + 17} textAnchor={i === 0 ? 'start' : 'end'}>
            {formatCount(step)}
          </text>
        ))}
        <text x={(plot.left + right) / 2} y={bottom + 30} textAnchor="middle">
          {t('wiring.stepAxis')}
        </text>
        {lines.map(({ key, points }) => (
          <g key={key} stroke={color} fill="none" strokeWidth={2}>
            <path
              d={`M${points.map(({ step, value }) => `${xOf(step)} ${yOf(value)}`).join('L')}`}
              strokeDasharray={dashOf(key, keys)}
            />
            {points.length <= mostDots &&
              points.map(({ step, value }) => (
                <circle key={step} cx={xOf(step)} cy={yOf(value)} r={2.6} fill={color} stroke="none" />
              ))}
          </g>
        ))}
      </svg>
    </div>
  );
}
