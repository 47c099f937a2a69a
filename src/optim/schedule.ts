/**
 * Learning rate of update `step` (from 0) of `steps`: linear from 0 to `peak` over the first ⌈warmup · steps⌉ updates,
 * then linear to 0 at `steps` (Hugging Face's get_linear_schedule_with_warmup).
 */
export function learningRateAt(
  step: number,
  { steps, warmup, learningRate: peak }: { steps: number; warmup: number; learningRate: number },
) {
  const rising = Math.ceil(warmup * steps);
  if (step < rising) return (peak * step) / rising;
  return peak * Math.max(0, (steps - step) / Math.max(1, steps - rising));
}
