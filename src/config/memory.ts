/** About how much memory students take while they train, before anything is made: enough to say what can't fit. */
import type { Arm, Experiment } from './experiment';

/** Numbers of four bytes that go with each parameter: itself, its gradient and AdamW's two moments. */
const perParameter = 4;
/** Tensors as large as the logits that are alive at once in a student's step: its own, the teacher's, and gradients. */
const logitsAtOnce = 4;

/** What browsers give the memory of WASM, less what teacher and batches take, in bytes. A GPU's own is not told of. */
export const mostTrainingBytes = 1.5e9;

/**
 * Bytes that a student takes while it trains: weights and moments, what each token leaves for the way back, and the logits.
 * @param parameters of the student
 * @param vocabularySize that its head has a row for each of
 */
export function studentBytes(
  { student }: Pick<Arm, 'student'>,
  { training: { batchSize, sequenceLength } }: Pick<Experiment, 'training'>,
  parameters: number,
  vocabularySize: number,
): number {
  const { layers, hiddenSize, heads, intermediateSize } = student;
  const tokens = batchSize * sequenceLength;
  // Queries, keys, values, context, output and two norms; up and down; scores and probabilities.
  const perToken = layers * (8 * hiddenSize + 2 * intermediateSize + 2 * heads * sequenceLength);
  return 4 * (perParameter * parameters + tokens * (perToken + logitsAtOnce * vocabularySize));
}
