import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useRef, useState } from 'react';
import { repaints } from '../figures/repaint';
import { parseHex, ramp } from './colourScale';
import { drawHeatMap, labelWidth } from './drawHeatMap';
import styles from './HeatMap.module.css';
import { type Cell, cellAt, type HeatMapGeometry, heatMapGeometry, moveCell } from './heatMapGeometry';

interface Props {
  /** What it shows, in a sentence, for those who can't see it. */
  label: string;
  /** [n, n], row-major. */
  values: ArrayLike<number>;
  range: readonly [number, number];
  /** Custom properties of the theme: two for a sequential scale, three for a diverging one. */
  stops: readonly string[];
  /** [n], of rows and columns alike. */
  labels: string[];
  /** Index of the first row, and column, of a second part, before which a line is drawn. */
  divide?: number;
  cell: Cell;
  onCell: (cell: Cell) => void;
}

const property = (style: CSSStyleDeclaration, name: string) => style.getPropertyValue(name).trim();

/** Any CSS colour as `#rrggbb`: a theme of the system's colours names them in words. */
function hexOf(context: CanvasRenderingContext2D, colour: string): string {
  context.fillStyle = '#000000';
  context.fillStyle = colour;
  return String(context.fillStyle);
}

/**
 * A square matrix in colours, on a canvas. Hover, tap and the arrow keys choose a cell. It draws again only
 * when values, scale, theme or size change.
 */
export const HeatMap = memo(function HeatMap({
  label,
  values,
  range,
  stops,
  labels,
  divide,
  cell,
  onCell,
}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width } = useElementSize<HTMLButtonElement>();
  const scheme = useComputedColorScheme();
  const [geometry, setGeometry] = useState<HeatMapGeometry | null>(null);
  const colours = stops.join();
  const [low, high] = range;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the theme's custom properties
  useEffect(() => {
    const own = canvas.current;
    const context = own?.getContext('2d');
    if (!own || !context || width === 0) return;
    const style = getComputedStyle(own);
    const font = `${width > 300 ? 13 : 10}px ${style.fontFamily}`;
    const next = heatMapGeometry(width, labels.length, labelWidth(context, labels, font));
    setGeometry((last) =>
      last?.cell === next.cell && last.gutter === next.gutter && last.count === next.count ? last : next,
    );
    const draw = (on: HTMLCanvasElement, density?: number) => {
      const drawing = {
        values,
        range: [low, high] as const,
        colours: ramp(colours.split(',').map((name) => parseHex(hexOf(context, property(style, name))))),
        labels,
        divide,
        ink: property(style, '--ink'),
        gap: property(style, '--card'),
        font,
      };
      drawHeatMap(on, next, drawing, density);
    };
    draw(own);
    repaints.set(own, draw);
  }, [values, low, high, colours, labels, divide, width, scheme]);

  const point = (event: PointerEvent<HTMLButtonElement>) => {
    if (!geometry) return;
    const box = event.currentTarget.getBoundingClientRect();
    onCell(cellAt(event.clientX - box.left, event.clientY - box.top, geometry));
  };
  const press = (event: KeyboardEvent) => {
    const next = moveCell(cell, event.key, labels.length);
    if (!next) return;
    event.preventDefault();
    onCell(next);
  };
  return (
    <button
      ref={ref}
      type="button"
      className={styles.map}
      aria-label={label}
      onPointerMove={point}
      onPointerDown={point}
      onKeyDown={press}
    >
      <canvas ref={canvas} className={styles.canvas} />
      {geometry && (
        <span
          className={styles.cell}
          data-no-figure
          style={{
            left: geometry.gutter + cell.column * geometry.cell,
            top: geometry.gutter + cell.row * geometry.cell,
            width: geometry.cell,
            height: geometry.cell,
          }}
        />
      )}
    </button>
  );
});
