import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationPoint } from '../../../protocol/messages';
import { ChangeReadout } from '../../charts/ChangeReadout';
import type { ChangeLine } from '../../charts/changeLines';
import { LineChart } from '../../charts/LineChart';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { Marker } from '../../controls/Marker';
import { formatCount, formatShort } from '../../format';
import type { NamedModel } from '../../useModelNames';
import type { StageSpan } from '../../useStages';
import styles from './attention.module.css';
import { type DistanceRow, distanceId, distanceRows, markedDistances } from './distance';
import type { AttentionOf } from './headMaps';

interface Props {
  evaluations: readonly EvaluationPoint[];
  changes: readonly ChangeLine[];
  stages: readonly StageSpan[];
  /** Arms whose heads can be compared with the teacher's. */
  arms: NamedModel[];
  chosen: { arm: string; block: number; blocks: number };
  of: AttentionOf;
  end: number;
  height: number | string;
}

/** The mean over heads at every evaluation: the chosen block of all arms, and the chosen arm's other blocks. */
export const DistanceCurves = memo(function DistanceCurves({
  evaluations,
  changes,
  stages,
  arms,
  chosen,
  of,
  end,
  height,
}: Props) {
  const { t } = useTranslation();
  const { arm: chosenArm, block: chosenBlock, blocks } = chosen;
  const lines = useMemo(
    () =>
      arms.flatMap((model) => {
        const others = model.id === chosenArm ? Array.from({ length: blocks }, (_, i) => i + 1) : [];
        // The chosen block last, so that it lies on top.
        const ordered = [...others.filter((block) => block !== chosenBlock), chosenBlock];
        return ordered.map((block) => ({ arm: model.id, block, model }));
      }),
    [arms, chosenArm, chosenBlock, blocks],
  );
  const rows = useMemo(() => distanceRows(evaluations, lines, of), [evaluations, lines, of]);
  const curves = useMemo(
    () =>
      lines.map(({ arm, block, model }) => ({
        id: distanceId(arm, block),
        color: model.style.color,
        width: block === chosenBlock ? 2.5 : 1,
        dash: block === chosenBlock ? undefined : '3 3',
      })),
    [lines, chosenBlock],
  );
  const marked = useMemo(
    () =>
      lines
        .filter(({ block }) => block === chosenBlock)
        .map(({ arm, block, model }) => {
          const id = distanceId(arm, block);
          return { id, style: model.style, points: markedDistances(rows, id) };
        }),
    [lines, rows, chosenBlock],
  );
  const values = rows.flatMap((row) => lines.flatMap(({ arm, block }) => row[distanceId(arm, block)] ?? []));
  const range =
    useSteadyRange(values.length > 0 ? [0, Math.max(...values)] : null, 'linear') ?? ([0, 1] as const);
  const describe = useCallback(
    (row: DistanceRow) => (
      <>
        <table className={styles.tooltip}>
          <thead>
            <tr>
              <th colSpan={2} scope="colgroup">
                {t('attention.atStep', { step: formatCount(row.x) })}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ arm, block, model }) => {
              const value = row[distanceId(arm, block)];
              return (
                <tr key={distanceId(arm, block)}>
                  <th scope="row">
                    <Marker style={model.style} /> {t('attention.armBlock', { model: model.name, block })}
                  </th>
                  <td>{value === null ? '' : formatShort(value)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
        <ChangeReadout changes={changes} step={row.x} end={end} />
      </>
    ),
    [lines, changes, end, t],
  );
  return (
    <LineChart
      label={t('attention.curvesChart')}
      rows={rows}
      curves={curves}
      marked={marked}
      changes={changes}
      stages={stages}
      labelRows={2}
      end={end}
      xLabel={t('attention.step')}
      range={range}
      height={height}
      describe={describe}
      empty={values.length === 0 ? t('attention.curvesEmpty') : undefined}
    />
  );
});
