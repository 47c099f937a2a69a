/** Places on the scale of T, which is logarithmic: which temperature lies where, and where keys lead. */
import { bounds } from '../config/bounds';

const { min, max } = bounds.temperature;
const octaves = Math.log2(max / min);

/** The temperatures that are marked on the scale: each the double of the one before. */
export const temperatureMarks = [0.25, 0.5, 1, 2, 4, 8, 16];

/** One press of an arrow key, in powers of two. */
const keyStep = 0.05;

const twoDigits = (value: number) => Number(value.toPrecision(2));
const within = (value: number) => Math.min(max, Math.max(min, value));

/** Place of T on the scale, 0 (0.25) to 1 (16). */
export const placeOf = (temperature: number) => Math.log2(temperature / min) / octaves;

/** T at a place of the scale, 0 to 1; a mark that is no further away than `reach` is meant exactly. */
export function temperatureAt(place: number, reach = 0): number {
  const mark = temperatureMarks.find((temperature) => Math.abs(placeOf(temperature) - place) <= reach);
  return mark ?? within(twoDigits(min * 2 ** (place * octaves)));
}

/** T after one key press: a step on the scale, or one of the last shown digit where rounding would undo that. */
export function nextTemperature(from: number, direction: 1 | -1): number {
  const shown = twoDigits(from);
  const stepped = twoDigits(2 ** (Math.log2(from) + direction * keyStep));
  const digit = 10 ** (Math.floor(Math.log10(shown)) - 1);
  const next = stepped === shown ? twoDigits(shown + direction * digit) : stepped;
  // A mark is never stepped over, so that it can be reached by keys from anywhere.
  const mark = temperatureMarks.find(
    (value) => (value - shown) * direction > 0 && (next - value) * direction > 0,
  );
  return within(mark ?? next);
}

/** The nearest mark above or below T. */
export function nextMark(from: number, direction: 1 | -1): number {
  return direction > 0
    ? (temperatureMarks.find((mark) => mark > from) ?? max)
    : (temperatureMarks.findLast((mark) => mark < from) ?? min);
}

/** Where a key leads from T: arrows by a step, Page Up and Page Down by a mark, Home and End all the way. Null for other keys. */
export function temperatureByKey(key: string, from: number): number | null {
  switch (key) {
    case 'ArrowUp':
    case 'ArrowRight':
      return nextTemperature(from, 1);
    case 'ArrowDown':
    case 'ArrowLeft':
      return nextTemperature(from, -1);
    case 'PageUp':
      return nextMark(from, 1);
    case 'PageDown':
      return nextMark(from, -1);
    case 'Home':
      return min;
    case 'End':
      return max;
    default:
      return null;
  }
}
