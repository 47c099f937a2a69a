/**
 * Softened distributions and what is measured on them, in float64: logits arrive as float32, and the page
 * softens them itself so that moving T shows at once. All figures are in nats.
 */

/**
 * log softmax(z / T)ᵢ = zᵢ/T − m − ln Σⱼ exp(zⱼ/T − m), with m = maxⱼ zⱼ/T, so that no exponential overflows.
 * `logits` [V], T > 0; returns [V] (Hinton et al. 2015, equation 1).
 */
export function logSoftmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  const scaled = Float64Array.from(logits, (z) => z / temperature);
  let max = Number.NEGATIVE_INFINITY;
  for (const z of scaled) max = Math.max(max, z);
  let sum = 0;
  for (const z of scaled) sum += Math.exp(z - max);
  const logNormaliser = max + Math.log(sum);
  return scaled.map((z) => z - logNormaliser);
}

/** softmax(z / T)ᵢ = exp(zᵢ/T) / Σⱼ exp(zⱼ/T). `logits` [V], T > 0; returns [V], which sums to 1. */
export function softmax(logits: ArrayLike<number>, temperature: number): Float64Array {
  return logSoftmax(logits, temperature).map(Math.exp);
}

/** H(p) = −Σᵢ pᵢ ln pᵢ in nats, between 0 and ln V. Takes ln p [V]; a probability of 0 adds nothing. */
export function entropy(logP: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logP.length; i++) {
    const p = Math.exp(logP[i]);
    if (p > 0) sum -= p * logP[i];
  }
  return Math.max(0, sum);
}

/** KL(p ‖ q) = Σᵢ pᵢ (ln pᵢ − ln qᵢ) in nats. Takes ln p and ln q [V]; not negative, 0 only where p = q. */
export function klDivergence(logP: ArrayLike<number>, logQ: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < logP.length; i++) {
    const p = Math.exp(logP[i]);
    if (p > 0) sum += p * (logP[i] - logQ[i]);
  }
  // Rounding can leave a tiny negative value where the two are equal.
  return Math.max(0, sum);
}

/** ‖v‖₂. */
export const norm = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));

/**
 * Gradient of the soft loss at one token with respect to the student's logits, [V].
 * With T²: L_ce = T² KL(softmax(z_t/T) ‖ softmax(z_s/T)) and ∂L_ce/∂z_s = T (softmax(z_s/T) − softmax(z_t/T)),
 * whose size hardly depends on a large T. Without it the factor is 1/T, and the gradient vanishes as 1/T²
 * (Hinton et al. 2015, section 2; DistilBERT's distiller.py multiplies by T²).
 */
export function softLossGradient(
  studentLogits: ArrayLike<number>,
  teacherLogits: ArrayLike<number>,
  temperature: number,
  timesSquaredTemperature: boolean,
): Float64Array {
  const teacher = softmax(teacherLogits, temperature);
  const factor = timesSquaredTemperature ? temperature : 1 / temperature;
  return softmax(studentLogits, temperature).map((p, i) => factor * (p - teacher[i]));
}

/** Indices of the `count` largest values, largest first; ties go to the smaller index. */
export function topIndices(values: ArrayLike<number>, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (top.length === count && values[i] <= values[top[count - 1]]) continue;
    let place = top.length;
    while (place > 0 && values[top[place - 1]] < values[i]) place--;
    top.splice(place, 0, i);
    if (top.length > count) top.pop();
  }
  return top;
}
