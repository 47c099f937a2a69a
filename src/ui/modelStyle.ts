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

/** SVG dash pattern of each loss term and of their weighted sum, alike in every arm. No pattern is a solid line. */
export const termDash = {
  total: '20 5',
  ce: undefined,
  mlm: '8 4',
  cos: '2 4',
  mse: '12 4 2 4',
  attn: '12 3 2 3 2 3',
  hidn: '4 3 4 9',
} as const;
