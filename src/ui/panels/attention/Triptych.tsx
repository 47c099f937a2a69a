import { memo, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Probe } from '../../../protocol/messages';
import { ColourBar } from '../../charts/ColourBar';
import { HeatMap } from '../../charts/HeatMap';
import type { Cell } from '../../charts/heatMapGeometry';
import { useSteadyRange } from '../../charts/useSteadyRange';
import { ModelMark } from '../../controls/ModelMark';
import { formatShort } from '../../format';
import { teacherStyle } from '../../modelStyle';
import type { NamedModel } from '../../useModelNames';
import styles from './attention.module.css';
import { CellReadout } from './CellReadout';
import { formatAttention, shownFactor } from './distance';
import { type AttentionOf, type Choice, extentOf, mapsOf, meanSquare, strongestKey } from './headMaps';

interface Props {
  probe: Probe;
  choice: Choice;
  of: AttentionOf;
  model: NamedModel;
}

/** `var(--arm-1)` as `--arm-1`, the custom property that a canvas looks up. */
const propertyOf = (color: string) => color.slice('var('.length, -1);

/** Teacher, student and their signed difference for one head, with one cell told in figures. */
export const Triptych = memo(function Triptych({ probe, choice, of, model }: Props) {
  const { t } = useTranslation();
  const { tokens, maskIndex, sentence, second } = probe;
  const { block, head, teacherBlock } = choice;
  const maps = useMemo(() => mapsOf(probe, choice, of), [probe, choice, of]);
  const [picked, setPicked] = useState<{ sentence: string; cell: Cell } | null>(null);

  const reference = maps.teacher ?? maps.student;
  const cell =
    picked?.sentence === sentence
      ? picked.cell
      : { row: maskIndex, column: reference ? strongestKey(reference, maskIndex, tokens.length) : 0 };
  const pick = (next: Cell) => {
    if (next.row !== cell.row || next.column !== cell.column) setPicked({ sentence, cell: next });
  };

  const shown = [maps.teacher, maps.student].filter((map) => map !== null);
  const [low, high] = extentOf(shown);
  const extent = shown.length > 0 ? ([of === 'scores' ? low : 0, high] as const) : null;
  const range = useSteadyRange(extent, 'linear', colourParts) ?? [0, 1];
  const gap = maps.difference && Math.max(...extentOf([maps.difference]).map(Math.abs));
  const [, limit] = useSteadyRange(gap === null ? null : [0, gap], 'linear', colourParts) ?? [0, 1];
  const differenceRange = useMemo(() => [-limit, limit] as const, [limit]);
  const studentStops = useMemo(() => ['--card', propertyOf(model.style.color)], [model]);
  const differenceStops = useMemo(() => [teacherStops[1], '--card', studentStops[1]], [studentStops]);

  const summary = (map: Float32Array, name: string, ofBlock: number) =>
    t('attention.map', {
      of: t(`attention.${of}`),
      model: name,
      block: ofBlock,
      head,
      low: formatAttention(extentOf([map])[0], of),
      high: formatAttention(extentOf([map])[1], of),
      query: tokens[maskIndex],
      key: tokens[strongestKey(map, maskIndex, tokens.length)],
    });
  const common = { labels: tokens, divide: second, cell, onCell: pick };
  const mse = maps.difference && meanSquare(maps.difference);
  return (
    <>
      <div className={styles.triptych} data-single={maps.difference ? undefined : true}>
        {maps.teacher && teacherBlock !== null && (
          <figure className={styles.figure}>
            <figcaption>
              <ModelMark
                name={t('attention.caption', { model: t('common.teacher'), block: teacherBlock })}
                style={teacherStyle}
              />
            </figcaption>
            <HeatMap
              {...common}
              label={summary(maps.teacher, t('common.teacher'), teacherBlock)}
              values={maps.teacher}
              range={range}
              stops={teacherStops}
            />
            <ColourBar range={range} stops={teacherStops} />
          </figure>
        )}
        {maps.student && (
          <figure className={styles.figure}>
            <figcaption>
              <ModelMark name={t('attention.caption', { model: model.name, block })} style={model.style} />
            </figcaption>
            <HeatMap
              {...common}
              label={summary(maps.student, model.name, block)}
              values={maps.student}
              range={range}
              stops={studentStops}
            />
            <ColourBar range={range} stops={studentStops} />
          </figure>
        )}
        {maps.difference && (
          <figure className={styles.figure}>
            <figcaption>{t('attention.difference')}</figcaption>
            <HeatMap
              {...common}
              label={t('attention.differenceMap', {
                of: t(`attention.${of}`),
                model: model.name,
                head,
                mse: formatShort(mse ?? 0, 2),
                low: formatAttention(extentOf([maps.difference])[0], of),
                high: formatAttention(extentOf([maps.difference])[1], of),
              })}
              values={maps.difference}
              range={differenceRange}
              stops={differenceStops}
            />
            <ColourBar range={differenceRange} stops={differenceStops} />
          </figure>
        )}
      </div>
      <CellReadout
        query={tokens[cell.row]}
        keyToken={tokens[cell.column]}
        index={cell.row * tokens.length + cell.column}
        maps={maps}
        model={model}
        of={of}
        spoken={picked !== null}
      />
      {mse !== null && (
        <p className={styles.note}>
          {t(of === 'scores' ? 'attention.sentenceMse' : 'attention.sentenceMseScaled', {
            value: formatShort(shownFactor(of) * mse),
          })}
        </p>
      )}
    </>
  );
});

const teacherStops = ['--card', propertyOf(teacherStyle.color)];
/** Colours need no ticks: their ranges end closer to the values than those of axes. */
const colourParts = 10;
