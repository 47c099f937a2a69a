import type { EvaluationPoint } from '../../protocol/messages';

/**
 * One evaluation for each step, in their order: the sample where a full one stands beside it, so that a curve is alike all along.
 * Where stages meet there is one of each, since they are of different held-out parts.
 */
export function onePerStep(evaluations: readonly EvaluationPoint[]): EvaluationPoint[] {
  const byStep = new Map<string, EvaluationPoint>();
  for (const point of evaluations) {
    const key = `${point.step} ${point.stage ?? 0}`;
    if (point.extent === 'sample' || !byStep.has(key)) byStep.set(key, point);
  }
  return [...byStep.values()].sort((a, b) => a.step - b.step || (a.stage ?? 0) - (b.stage ?? 0));
}
