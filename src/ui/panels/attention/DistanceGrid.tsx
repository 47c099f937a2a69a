import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EvaluationPoint } from '../../../protocol/messages';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { formatCount, formatShort } from '../../format';
import type { NamedModel } from '../../useModelNames';
import styles from './attention.module.css';
import { shownFactor } from './distance';
import type { AttentionOf, Choice } from './headMaps';

/** Share of the arm's colour at the largest error, in per cent: figures stay readable on it. */
const deepest = 50;

interface Props {
  point: EvaluationPoint | null;
  choice: Choice;
  blocks: number;
  of: AttentionOf;
  model: NamedModel;
  onChoose: (block: number, head: number) => void;
}

/** MSE of every mapped block and head; a cell shows its head above. */
export const DistanceGrid = memo(function DistanceGrid({
  point,
  choice,
  blocks,
  of,
  model,
  onChoose,
}: Props) {
  const { t } = useTranslation();
  const { arm, block: chosenBlock, head: chosenHead } = choice;
  const errors = point?.arms[arm.id]?.attention?.[of];
  const [, limit] = useSteadyRange(errors ? [0, Math.max(...errors.flat())] : null, 'linear') ?? [0, 1];
  const heads = Array.from({ length: arm.student.heads }, (_, i) => i + 1);
  const figure = (value: number) => formatShort(shownFactor(of) * value, 2);
  return (
    <div>
      <div className={styles.scroll}>
        <table className={styles.grid}>
          <thead>
            <tr>
              <td className={styles.corner}>{t('attention.heads')}</td>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: blocks }, (_, i) => i + 1).map((block) => (
              <tr key={block}>
                <th scope="row">{t('attention.row', { block, teacher: arm.mapping[block - 1] })}</th>
                {heads.map((head) => {
                  const value = errors?.[block - 1]?.[head - 1];
                  const share = value === undefined ? 0 : Math.min(1, value / limit) * deepest;
                  return (
                    <td key={head}>
                      <button
                        type="button"
                        className={styles.error}
                        aria-pressed={block === chosenBlock && head === chosenHead}
                        aria-label={t('attention.cell', {
                          block,
                          head,
                          value: value === undefined ? '–' : formatShort(value),
                        })}
                        style={{
                          background: `color-mix(in oklab, ${model.style.color} ${share}%, var(--card))`,
                        }}
                        onClick={() => onChoose(block, head)}
                      >
                        {value === undefined ? '–' : figure(value)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>
        {point
          ? t('attention.distanceNote', { step: formatCount(point.step) })
          : t('attention.distanceWaiting')}
      </p>
    </div>
  );
});
