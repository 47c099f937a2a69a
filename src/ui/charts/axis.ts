/** Ranges and ticks of axes: round numbers, and ranges that hold still while data arrive. */

export type AxisScale = 'linear' | 'log';
/** Lower and upper end. */
export type Range = readonly [number, number];

/** Most decades that a logarithmic axis spans; smaller values lie below it. */
const mostDecades = 6;
/** A range shrinks once what is needed is less than this share of it. */
const shrinkBelow = 0.6;

/** The smallest of 1, 2, 5, 10, … times a power of ten that is at least `value` (> 0). */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  const factor = [1, 2, 5].find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** The largest of them that is at most `value` (> 0). */
const roundDown = (value: number) => 1 / roundUp(1 / value);

/** Takes off the rounding errors of multiplying by 0.1, 0.2 and so on. */
const clean = (value: number) => Number(value.toPrecision(12));

/**
 * The smallest range between round numbers that holds `extent`; a linear one ends at multiples of a step that it
 * has at most about `parts` of. A logarithmic one needs an upper end above 0.
 */
export function roundRange([low, high]: Range, scale: AxisScale, parts = 5): Range {
  if (scale === 'log') {
    const top = roundUp(high);
    const bottom = roundDown(Math.max(low, top / 10 ** mostDecades));
    return bottom < top ? [clean(bottom), clean(top)] : [clean(bottom / 2), clean(top)];
  }
  const flat = high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high));
  if (flat) return low === 0 ? [0, 1] : roundRange([Math.min(0, low), Math.max(0, high)], scale, parts);
  const step = roundUp((high - low) / parts);
  return [clean(Math.floor(low / step + 1e-9) * step), clean(Math.ceil(high / step - 1e-9) * step)];
}

const span = ([low, high]: Range, scale: AxisScale) =>
  scale === 'log' ? Math.log10(high / low) : high - low;

/**
 * The range to show `extent` in, after `previous`: it grows at once and shrinks only in big steps, so that
 * axes keep still while people read them.
 */
export function steadyRange(extent: Range, previous: Range | null, scale: AxisScale, parts?: number): Range {
  const needed = roundRange(extent, scale, parts);
  if (!previous || (scale === 'log' && previous[0] <= 0)) return needed;
  if (span(needed, scale) < shrinkBelow * span(previous, scale)) return needed;
  if (needed[0] >= previous[0] && needed[1] <= previous[1]) return previous;
  return roundRange([Math.min(needed[0], previous[0]), Math.max(needed[1], previous[1])], scale, parts);
}

/** Round numbers within `range`, about `count` of them. */
export function linearTicks([low, high]: Range, count = 5): number[] {
  const step = roundUp((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => clean((first + i) * step));
}

/** Powers of ten within `range`, with 2 and 5 times them where it spans less than three decades. */
export function logTicks([low, high]: Range): number[] {
  const factors = high / low < 1000 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high; power++) {
    ticks.push(...factors.map((factor) => clean(factor * 10 ** power)));
  }
  return ticks.filter((tick) => tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9));
}
