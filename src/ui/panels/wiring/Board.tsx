import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { type LayerLikeness, type LikenessMeasure, likenessAt } from '../../../config/likeness';
import { Marker } from '../../controls/Marker';
import { formatFixed } from '../../format';
import { spoken } from '../../symbols';
import type { NamedModel } from '../../useModelNames';
import { boardGeometry, jointOf, wirePath } from './boardGeometry';
import { faultyLevels } from './pairs';
import { type DraggedWire, useDraggedWire } from './useDraggedWire';
import { useWidth } from './useWidth';
import styles from './wiring.module.css';

/** Share of the student's colour where two levels are alike by 1, in per cent: figures stay readable on it. */
const deepest = 55;

type Named = Pick<NamedModel, 'name' | 'style'>;

interface Props {
  arm: Arm;
  model: Named;
  /** Whom the student learns from, and how many layers that has. */
  source: Named;
  sourceLayers: number;
  of: LikenessMeasure;
  /** The map; null while there is none. */
  likeness: LayerLikeness | null;
  /** What its small figures count from. */
  reference: LayerLikeness | null;
  /** Whether a loss compares the embeddings, and whether one goes by the wires. */
  embeddings: boolean;
  wires: boolean;
  /** What keeps this mapping from being run, in words; null where nothing does. */
  misfit: (mapping: number[]) => string | null;
  onChange: (mapping: number[]) => void;
}

const withSource = (mapping: readonly number[], { level, source }: DraggedWire) =>
  mapping.map((old, m) => (m === level - 1 ? source : old));

/** Signed, with two decimals; what rounds to nothing is ±0. */
function change(value: number): string {
  if (Math.abs(value) < 0.005) return '±0';
  return `${value > 0 ? '+' : '−'}${formatFixed(Math.abs(value), 2)}`;
}

/**
 * A table of how alike levels are, student's in rows and teacher's in columns, and in its gutters a wire from every level of
 * the student to the one that it is compared with.
 */
export function Board({
  arm,
  model,
  source,
  sourceLayers,
  of,
  likeness,
  reference,
  embeddings,
  wires,
  misfit,
  onChange,
}: Props) {
  const { t } = useTranslation();
  const { ref, width } = useWidth<HTMLDivElement>();
  const board = useRef<HTMLDivElement>(null);
  const levels = arm.student.layers + 1;
  const sources = sourceLayers + 1;
  const geometry = boardGeometry(width, levels, sources);
  const move = (level: number, next: number) => onChange(withSource(arm.mapping, { level, source: next }));
  const { dragged, handlers } = useDraggedWire(board, geometry, { levels, layers: sourceLayers }, move);
  const mapping = dragged ? withSource(arm.mapping, dragged) : arm.mapping;
  const wrong = faultyLevels(mapping, sourceLayers);
  const refused = dragged && misfit(mapping);
  const copied = arm.initialisation.kind === 'random' || arm.taughtBy ? [] : arm.initialisation.blocks;
  const levelName = (level: number) => (level === 0 ? t('wiring.embeddings') : t('wiring.level', { level }));
  const levelSaid = (level: number) =>
    level === 0 ? t('wiring.embeddingsLong') : t('wiring.level', { level });
  const wired = [0, ...mapping].slice(0, levels).map((to, level) => ({
    level,
    source: Math.min(to, sourceLayers),
    wrong: wrong.includes(level),
    idle: level === 0 ? !embeddings : !wires,
  }));
  const rows = Array.from({ length: levels }, (_, i) => levels - 1 - i);
  const columns = Array.from({ length: sources }, (_, i) => i);

  const cell = (level: number, column: number) => {
    const value = likeness && likenessAt(likeness, of, level, column);
    const before = reference && likenessAt(reference, of, level, column);
    const isWired = wired[level]?.source === column;
    const share = value === null ? 0 : Math.min(1, Math.max(0, value)) * deepest;
    return (
      <td key={column}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a short way for hands; the row's joint does the same by keys */}
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
        <div
          className={styles.cell}
          data-wired={isWired || undefined}
          data-copied={copied[level - 1] === column || undefined}
          data-movable={(level > 0 && column > 0) || undefined}
          style={{ background: `color-mix(in oklab, ${model.style.color} ${share}%, var(--card))` }}
          onClick={level > 0 && column > 0 && !isWired ? () => move(level, column) : undefined}
        >
          <b>{value === null ? '–' : formatFixed(value, 2)}</b>
          {value !== null && before !== null && <small>{change(value - before)}</small>}
          {isWired && <span className="visuallyHidden">{t('wiring.wired')}</span>}
        </div>
      </td>
    );
  };
  return (
    <>
      <div ref={ref} className={styles.scroll} data-board>
        <div
          ref={board}
          className={styles.board}
          data-wide={geometry.column > 80 || undefined}
          style={{ width: geometry.width, height: geometry.height }}
        >
          <table className={styles.table}>
            <caption className="visuallyHidden">
              {t(`wiring.table.${of}`, { model: spoken(model.name), source: spoken(source.name) })}
            </caption>
            <colgroup>
              <col style={{ width: geometry.names }} />
              {columns.map((column) => (
                <col key={column} style={{ width: geometry.column }} />
              ))}
            </colgroup>
            <thead>
              <tr style={{ height: geometry.head }}>
                <td />
                {columns.map((column) => (
                  <th key={column} scope="col">
                    <Marker style={source.style} size={9} />{' '}
                    <span className="visuallyHidden">{spoken(source.name)} </span>
                    <span aria-hidden>
                      {column === 0 || geometry.column > 70 ? levelName(column) : column}
                    </span>
                    <span className="visuallyHidden">{levelSaid(column)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((level) => (
                <tr key={level} style={{ height: geometry.row }}>
                  <th scope="row">
                    <Marker style={model.style} size={9} />{' '}
                    <span className="visuallyHidden">{spoken(model.name)} </span>
                    <span aria-hidden>{levelName(level)}</span>
                    <span className="visuallyHidden">{levelSaid(level)}</span>
                  </th>
                  {columns.map((column) => cell(level, column))}
                </tr>
              ))}
            </tbody>
          </table>
          <svg className={styles.wires} width={geometry.width} height={geometry.height} aria-hidden="true">
            {wired.map(({ level, source: to, wrong: isWrong, idle }) => {
              const path = wirePath(geometry, levels, level, to);
              return (
                <g key={level}>
                  <path d={path} className={styles.halo} />
                  <path
                    d={path}
                    className={styles.wire}
                    data-wrong={isWrong || undefined}
                    data-idle={idle || undefined}
                  />
                </g>
              );
            })}
          </svg>
          {wired.map(({ level, source: to, wrong: isWrong }) => {
            const { x, y } = jointOf(geometry, levels, level, to);
            const place = { left: x, top: y };
            if (level === 0) return <span key={level} className={styles.fixed} style={place} />;
            const value = likeness && likenessAt(likeness, of, level, to);
            return (
              <div
                key={level}
                role="slider"
                tabIndex={0}
                className={styles.joint}
                data-wrong={isWrong || undefined}
                data-level={level}
                style={place}
                aria-label={t('wiring.slider', { level })}
                aria-valuemin={1}
                aria-valuemax={sourceLayers}
                aria-valuenow={to}
                aria-valuetext={
                  value === null
                    ? t('wiring.at', { source: to })
                    : t('wiring.atAlike', { source: to, value: formatFixed(value, 2) })
                }
                {...handlers(level, Math.min(arm.mapping[level - 1], sourceLayers))}
              />
            );
          })}
        </div>
      </div>
      <p className={styles.misfit} aria-live="polite">
        {refused && t('wiring.misfit', { what: refused })}
      </p>
    </>
  );
}
