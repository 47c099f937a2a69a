/**
 * Vertical scales of what dialogs draw against T. `axis.ts` has more of them; it comes with the panels, and a part that
 * loads later needs no other that does.
 */

export interface VerticalScale {
  log: boolean;
  low: number;
  high: number;
  ticks: number[];
}

/** The smallest of 1, 2, 5, 10, … times a power of ten that is at least `value` (> 0). */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * ([1, 2, 5].find((step) => value <= step * power * (1 + 1e-9)) ?? 10);
}

/** Takes off the rounding errors of multiplying by 0.1, 0.2 and so on. */
const clean = (value: number) => Number(value.toPrecision(12));

/** From 0 to a round number that is at least `max`, in about four parts. */
export function linearScale(max: number): VerticalScale {
  const step = max > 0 && Number.isFinite(max) ? roundUp(max / 4) : 0.25;
  const parts = Math.max(1, Math.ceil(max / step - 1e-9)) || 4;
  const ticks = Array.from({ length: parts + 1 }, (_, i) => clean(i * step));
  return { log: false, low: 0, high: ticks[parts], ticks };
}

/** Whole decades around `min` to `max` (> 0), the upper ten at most. */
export function logScale(min: number, max: number): VerticalScale {
  const top = Math.ceil(Math.log10(max) - 1e-9);
  const bottom = Math.max(top - 10, Math.min(top - 1, Math.floor(Math.log10(min) + 1e-9)));
  const ticks = Array.from({ length: top - bottom + 1 }, (_, i) => clean(10 ** (bottom + i)));
  return { log: true, low: ticks[0], high: ticks[ticks.length - 1], ticks };
}

/** Place of a value, 0 at the lower end and 1 at the upper; what lies beyond is less or more, at most by 1. */
export function placeIn({ log, low, high }: VerticalScale, value: number): number {
  const place = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  // ln of a negative value, which has no place.
  return Number.isNaN(place) ? -1 : Math.min(2, Math.max(-1, place));
}

/** `needed` after `previous`: it grows at once, and shrinks once less than 60 % of it is needed, so that it keeps still. */
export function steady(needed: VerticalScale, previous: VerticalScale | null): VerticalScale {
  if (previous?.log !== needed.log) return needed;
  const span = ({ log, low, high }: VerticalScale) => (log ? Math.log(high / low) : high - low);
  const within = needed.high <= previous.high && needed.low >= previous.low;
  return within && span(needed) >= 0.6 * span(previous) ? previous : needed;
}
