/** How much text the students of one stage have read by a step. */
import type { Experiment, Training } from './experiment';
import type { TextFacts } from './results';
import { stepsBefore } from './stages';

export interface TextSeen {
  /** Sequences, or rows of a task, each as often as it came. */
  sequences: number;
  /** Tokens of those, by the mean of the text: exact after whole passes. */
  tokens: number;
  /** Passes over the text, each of which shows every sequence once. */
  passes: number;
}

/** @param step counted through all stages; `training` and `text` of the stage, counted from 0 */
export function textSeen(
  experiment: Experiment,
  stage: number,
  step: number,
  { batchSize, accumulation, steps }: Pick<Training, 'batchSize' | 'accumulation' | 'steps'>,
  { trainSequences, trainTokens }: Pick<TextFacts, 'trainSequences' | 'trainTokens'>,
): TextSeen {
  const updates = Math.min(steps, Math.max(0, step - stepsBefore(experiment, stage)));
  const sequences = updates * batchSize * accumulation;
  const passes = sequences / Math.max(1, trainSequences);
  return { sequences, tokens: passes * trainTokens, passes };
}
