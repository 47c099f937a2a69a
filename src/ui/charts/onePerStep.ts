import type { EvaluationPoint } from '../../protocol/messages';

/** One evaluation for each step, in their order: the sample where a full one stands beside it, so that a curve is alike all along. */
export function onePerStep(evaluations: readonly EvaluationPoint[]): EvaluationPoint[] {
  const byStep = new Map<number, EvaluationPoint>();
  for (const point of evaluations) {
    if (point.extent === 'sample' || !byStep.has(point.step)) byStep.set(point.step, point);
  }
  return [...byStep.values()].sort((a, b) => a.step - b.step);
}
