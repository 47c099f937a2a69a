/** The temperatures that the slider stops at: two digits, as many as are shown. */
import { bounds } from '../config/bounds';

const { min, max } = bounds.temperature;

/** Step of the slider, in powers of two. */
export const exponentStep = 0.05;

const twoDigits = (value: number) => Number(value.toPrecision(2));

/** T at a place of the slider, which moves in powers of two. */
export const toTemperature = (exponent: number) => twoDigits(2 ** exponent);

/** T after one key press: a step of the slider, or one of the last shown digit where rounding would undo that. */
export function nextTemperature(from: number, direction: 1 | -1): number {
  const shown = twoDigits(from);
  const stepped = toTemperature(Math.log2(from) + direction * exponentStep);
  const digit = 10 ** (Math.floor(Math.log10(shown)) - 1);
  const next = stepped === shown ? twoDigits(shown + direction * digit) : stepped;
  return Math.min(max, Math.max(min, next));
}
