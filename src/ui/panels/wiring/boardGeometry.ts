/** Where things lie on the wiring board, in CSS pixels: a table whose gutters hold the wires. */

export interface BoardGeometry {
  /** Width of the names of the student's levels, and height of those of the teacher's. */
  names: number;
  head: number;
  /** From one cell to the next; the gutter is their last pixels. */
  column: number;
  row: number;
  gutter: number;
  width: number;
  height: number;
}

const names = 84;
const head = 40;
const row = 58;
const gutter = 14;
/** A column holds a figure of four characters at least, and gets no wider than this. */
const column = { least: 50, most: 136 };

/** @param width that there is @param levels of the student, in rows @param sources of whoever teaches, in columns */
export function boardGeometry(width: number, levels: number, sources: number): BoardGeometry {
  const room = Math.floor((width - names) / sources);
  const pitch = Math.min(column.most, Math.max(column.least, room));
  return {
    names,
    head,
    column: pitch,
    row,
    gutter,
    width: names + sources * pitch,
    height: head + levels * row,
  };
}

/** The place of a level's row: the first level lies lowest, as in the papers. */
const rowOf = (level: number, levels: number) => levels - 1 - level;

/** Where a level's wire meets that of a source: beside the lower right corner of their cell. */
export const jointOf = (
  { names, head, column, row, gutter }: BoardGeometry,
  levels: number,
  level: number,
  source: number,
) => ({
  x: names + (source + 1) * column - gutter / 2,
  y: head + (rowOf(level, levels) + 1) * row - gutter / 2,
});

const bend = 7;

/** From a student's level along its row, then up to the name of the source. */
export function wirePath(geometry: BoardGeometry, levels: number, level: number, source: number): string {
  const { x, y } = jointOf(geometry, levels, level, source);
  return `M${geometry.names - 6} ${y}H${x - bend}Q${x} ${y} ${x} ${y - bend}V${geometry.head - 6}`;
}

/** The source whose joint lies nearest to x, of layers 1 to `layers`: the embeddings' is nobody else's. */
export function sourceAt({ names, column, gutter }: BoardGeometry, x: number, layers: number): number {
  const source = Math.round((x + gutter / 2 - names) / column) - 1;
  return Math.min(Math.max(source, 1), layers);
}

/** The source that a key moves a wire to; null for other keys. */
export function sourceByKey(key: string, source: number, layers: number): number | null {
  const within = (wanted: number) => Math.min(Math.max(wanted, 1), layers);
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(source - 1);
    case 'ArrowRight':
    case 'ArrowUp':
      return within(source + 1);
    case 'Home':
      return 1;
    case 'End':
      return layers;
    default:
      return null;
  }
}
