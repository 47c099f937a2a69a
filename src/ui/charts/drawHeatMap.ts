import { paint, type Ramp } from './colourScale';
import { type HeatMapGeometry, labelStride } from './heatMapGeometry';

export interface HeatMapDrawing {
  /** [count, count], row-major. */
  values: ArrayLike<number>;
  range: readonly [number, number];
  colours: Ramp;
  /** Of rows and columns alike. */
  labels: string[];
  /** Index of the first row, and column, of a second part, before which a line is drawn; absent where there is one part. */
  divide?: number;
  /** CSS colours. */
  ink: string;
  gap: string;
  font: string;
}

/** Widest label in CSS pixels, with the room to its cells. */
export function labelWidth(context: CanvasRenderingContext2D, labels: string[], font: string): number {
  context.font = font;
  return Math.ceil(Math.max(...labels.map((label) => context.measureText(label).width)) + 6);
}

/** Draws cells, the hairlines between them, row labels at the left and column labels on top, sharp on any screen. */
export function drawHeatMap(
  canvas: HTMLCanvasElement,
  { gutter, cell, count }: HeatMapGeometry,
  { values, range, colours, labels, divide, ink, gap, font }: HeatMapDrawing,
  density = window.devicePixelRatio || 1,
): void {
  const context = canvas.getContext('2d');
  const size = gutter + cell * count;
  canvas.width = Math.round(size * density);
  canvas.height = canvas.width;
  if (!context || canvas.width === 0) return;

  // One pixel a cell, then enlarged: thousands of cells cost no more than ten.
  const small = new OffscreenCanvas(count, count);
  small.getContext('2d')?.putImageData(new ImageData(paint(values, range, colours), count, count), 0, 0);
  context.scale(density, density);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, gutter, gutter, cell * count, cell * count);

  if (cell >= 5) {
    context.strokeStyle = gap;
    context.lineWidth = 1;
    context.beginPath();
    for (let i = 1; i < count; i++) {
      const at = Math.round((gutter + i * cell) * density) / density;
      context.moveTo(at, gutter);
      context.lineTo(at, size);
      context.moveTo(gutter, at);
      context.lineTo(size, at);
    }
    context.stroke();
  }

  if (divide !== undefined) {
    context.strokeStyle = ink;
    context.lineWidth = 1.5;
    context.setLineDash([4, 3]);
    context.beginPath();
    const at = gutter + divide * cell;
    // Out into the labels, so that it can be told from the hairlines.
    context.moveTo(at, gutter * 0.6);
    context.lineTo(at, size);
    context.moveTo(gutter * 0.6, at);
    context.lineTo(size, at);
    context.stroke();
    context.setLineDash([]);
  }

  context.font = font;
  context.fillStyle = ink;
  context.textBaseline = 'middle';
  const stride = labelStride(cell, 0.95 * Number.parseFloat(font));
  for (let i = 0; i < count; i += stride) {
    const at = gutter + (i + 0.5) * cell;
    context.textAlign = 'right';
    context.fillText(labels[i], gutter - 4, at, gutter - 4);
    context.save();
    context.translate(at, gutter - 4);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'left';
    context.fillText(labels[i], 0, 0, gutter - 4);
    context.restore();
  }
}
