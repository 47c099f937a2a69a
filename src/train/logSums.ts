/**
 * What a temperature changes of one row of logits z [V], at a ladder of temperatures at once. With u = z − max z it is one
 * number, L(T) = ln Σ exp(u / T): the first guess has probability exp(−L), and an answer a costs L − u_a / T nats. Between
 * the steps of the ladder L is given back by a cubic through its values and slopes.
 */

/** Steps of the ladder per doubling of T, and how far it reaches. */
const perOctave = 8;
const lowest = -3;
const octaves = 7;

/** K: steps. */
export const ladderSteps = octaves * perOctave + 1;
const spacing = Math.LN2 / perOctave;
const start = lowest * Math.LN2;
/** ln T of a step. */
export const logTemperature = (step: number): number => start + step * spacing;
/** The step of T = 1. */
export const stepOfOne = -lowest * perOctave;

/** Numbers below this share of the largest change no sum in double precision. */
const negligible = 1e-18;

/**
 * Writes L and dL/d ln T at every step to `sums` [2, K].
 * @param logits [V], finite
 * @returns the largest logit
 */
export function logSums(logits: ArrayLike<number>, sums: Float64Array): number {
  let largest = -Infinity;
  for (let v = 0; v < logits.length; v++) if (logits[v] > largest) largest = logits[v];
  const weighted = sums.fill(0).subarray(ladderSteps);
  // Half the temperature is the square: eight exponentials give all steps.
  for (let first = ladderSteps - 1; first > ladderSteps - 1 - perOctave; first--) {
    const inverse = Math.exp(-logTemperature(first));
    for (let v = 0; v < logits.length; v++) {
      const u = logits[v] - largest;
      let term = Math.exp(u * inverse);
      for (let step = first; step >= 0 && term > negligible; step -= perOctave) {
        sums[step] += term;
        weighted[step] += term * u;
        term *= term;
      }
    }
  }
  for (let step = 0; step < ladderSteps; step++) {
    weighted[step] *= -Math.exp(-logTemperature(step)) / sums[step];
    sums[step] = Math.log(sums[step]);
  }
  return largest;
}

/** L at any ln T within the ladder, from `logSums`; also of a mean of such rows. */
export function logSumAt(sums: ArrayLike<number>, logT: number): number {
  const place = (logT - start) / spacing;
  const step = Math.min(ladderSteps - 2, Math.max(0, Math.floor(place)));
  const t = place - step;
  if (t === 0) return sums[step];
  const [left, right] = [sums[step], sums[step + 1]];
  const [rise, fall] = [spacing * sums[ladderSteps + step], spacing * sums[ladderSteps + step + 1]];
  const s = 1 - t;
  return left * s * s * (1 + 2 * t) + right * t * t * (1 + 2 * s) + s * t * (rise * s - fall * t);
}
