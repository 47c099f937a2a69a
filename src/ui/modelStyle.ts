/** How a model looks in every chart: its colour, and a line style and marker for those who can't tell colours apart. */
export interface ModelStyle {
  /** CSS colour, a custom property that follows the theme. */
  color: string;
  /** Shape drawn beside the model's name and on held-out points. */
  marker: 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'star' | 'wye';
}

const markers: ModelStyle['marker'][] = ['square', 'diamond', 'triangle', 'cross', 'star', 'wye'];

export const teacherStyle: ModelStyle = { color: 'var(--teacher)', marker: 'circle' };

/** The style of the arm at `index` (from 0) of the experiment. */
export const armStyle = (index: number): ModelStyle => ({
  color: `var(--arm-${(index % markers.length) + 1})`,
  marker: markers[index % markers.length],
});

/** SVG dash patterns of what a chart shows beside each other, alike in every arm. Undefined is a solid line. */
const dashes = [
  undefined,
  '8 4',
  '2 4',
  '12 4 2 4',
  '12 3 2 3 2 3',
  '4 3 4 9',
  '1 3',
  '16 4 4 4',
  '6 2',
] as const;
const totalDash = '20 5';

/** The dash pattern of each of these quantities, by their order; that of the weighted sum is its own. */
export const dashOf = <Quantity extends string>(quantity: Quantity, shown: readonly Quantity[]) =>
  quantity === 'total' ? totalDash : dashes[shown.indexOf(quantity) % dashes.length];
