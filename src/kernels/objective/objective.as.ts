// The weighted sum of the losses, term by term.
import { fill, sum } from '../backends/simd.as';

/** Adds the sum of n losses to report[1 + term], and that times weights[term] to total [1] and to report[0]. */
export function objectiveTerm(
  losses: usize,
  n: i32,
  weights: usize,
  term: i32,
  total: usize,
  report: usize,
): void {
  const s = sum(losses, n);
  const ofTerm = report + 4 * (1 + term);
  store<f32>(ofTerm, load<f32>(ofTerm) + s);
  store<f32>(total, load<f32>(total) + s * load<f32>(weights + 4 * term));
  store<f32>(report, load<f32>(total));
}

/** dlosses [n] = dtotal weights[term]. */
export function objectiveTermGradient(
  dtotal: usize,
  weights: usize,
  term: i32,
  dlosses: usize,
  n: i32,
): void {
  fill(dlosses, n, load<f32>(dtotal) * load<f32>(weights + 4 * term));
}
