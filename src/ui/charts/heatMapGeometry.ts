/** Where the cells of a square heat map lie, in CSS pixels. */
export interface HeatMapGeometry {
  /** Width of the labels at the left, and height of those on top. */
  gutter: number;
  /** Side of a cell. */
  cell: number;
  count: number;
}

export interface Cell {
  row: number;
  column: number;
}

/** Fits `count` by `count` cells and labels of `labelWidth` into a square of side `size`. */
export function heatMapGeometry(size: number, count: number, labelWidth: number): HeatMapGeometry {
  const gutter = Math.min(labelWidth, Math.round(0.34 * size));
  return { gutter, cell: Math.max(0, size - gutter) / count, count };
}

/** The cell at a point, or the nearest one to a point beside them. */
export function cellAt(x: number, y: number, { gutter, cell, count }: HeatMapGeometry): Cell {
  const index = (position: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((position - gutter) / cell)));
  return { row: index(y), column: index(x) };
}

const moves: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that a key leads to; null where the key is none of the arrows, Home and End. */
export function moveCell({ row, column }: Cell, key: string, count: number): Cell | null {
  if (key === 'Home') return { row, column: 0 };
  if (key === 'End') return { row, column: count - 1 };
  const move = moves[key];
  if (!move) return null;
  const within = (index: number) => Math.min(count - 1, Math.max(0, index));
  return { row: within(row + move[0]), column: within(column + move[1]) };
}

/** Every how many-th label has room, at least `room` pixels each. */
export const labelStride = (cell: number, room: number) => Math.max(1, Math.ceil(room / cell));
