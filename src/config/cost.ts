/** What an update costs, in multiplications: enough to tell from one run's pace about how long another will take. */
import type { Architecture, Experiment } from './experiment';
import { learnsFromTeacher } from './objective';
import type { TeacherShape } from './teachers';

/**
 * Multiplications of one forward pass over `tokens` tokens in sequences of `length`: four projections, scores and
 * context, the feed-forward network, and, where `logits` asks for them, the head's transform and decoder.
 */
function forward(shape: Architecture, tokens: number, length: number, logits: number, vocabulary: number) {
  const { layers, hiddenSize: d, intermediateSize } = shape;
  const layer = 4 * d * d + 2 * length * d + 2 * d * intermediateSize;
  return tokens * layers * layer + logits * (d * d + d * vocabulary);
}

/**
 * Multiplications of one update: the teacher's forward pass once for all arms, and each arm's with its gradients,
 * which take two more. `teacher`: null where there is none.
 */
export function costOfUpdate({ training, teacher: source, arms }: Experiment, teacher: TeacherShape | null) {
  const { batchSize, sequenceLength, accumulation, maskProbability } = training;
  const tokens = batchSize * sequenceLength;
  const vocabulary =
    teacher?.vocabularySize ?? (source.kind === 'none' ? source.vocabularySize : usualVocabulary);
  let cost = 0;
  if (teacher && arms.some(learnsFromTeacher)) {
    cost += forward(teacher, tokens, sequenceLength, tokens, vocabulary);
  }
  for (const arm of arms) {
    const logits = learnsFromTeacher(arm) && arm.positions === 'all' ? tokens : tokens * maskProbability;
    cost += 3 * forward(arm.student, tokens, sequenceLength, logits, vocabulary);
  }
  return cost * accumulation;
}

const usualVocabulary = 2048;

/** A pace that was measured: seconds an update of this cost took. */
export interface Pace {
  secondsPerUpdate: number;
  cost: number;
}

/**
 * Time grows more slowly than multiplications, since small models pay for calls as well: `distilbert` has 24 times as
 * many as `tiny`, and takes about 15 times as long on WASM.
 */
const growth = 0.85;

/** About how many seconds a run takes at a pace that was measured on another one, on the same machine and backend. */
export const estimateSeconds = (experiment: Experiment, teacher: TeacherShape | null, measured: Pace) =>
  measured.secondsPerUpdate *
  (costOfUpdate(experiment, teacher) / measured.cost) ** growth *
  experiment.training.steps;
