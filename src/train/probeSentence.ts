/** What all models make of a sentence, or of a task's text or pair, as a person writes it. */
import type { Probe } from '../config/results';
import { type MaskedSentence, readSentence } from '../data/maskedSentence';
import type { Tokenizer } from '../data/tokenizer';
import { type ReadTexts, readTexts } from '../tasks/readTexts';
import type { Trainer } from './trainer';

/** What a sentence is read by. */
export interface Asked {
  tokenizer: Tokenizer;
  /** Where a class is asked for. */
  task: { source: { pairs: boolean }; data: { labels: readonly string[] } } | null;
}

/** @throws ProblemError of the sentence */
export async function probeSentence(
  trainer: Pick<Trainer, 'step' | 'longestSentence' | 'probe'>,
  { tokenizer, task }: Asked,
  sentence: string,
): Promise<Probe> {
  const read: MaskedSentence & Pick<ReadTexts, 'second'> = task
    ? readTexts(sentence, tokenizer, task.source.pairs, trainer.longestSentence)
    : readSentence(sentence, tokenizer, trainer.longestSentence);
  const { ids, tokens, maskIndex, unknownWords, second } = read;
  const { step } = trainer;
  const models = await trainer.probe(ids, maskIndex, second);
  return {
    step,
    sentence,
    ...(task && { classes: task.data.labels }),
    ...(second !== undefined && { second }),
    tokens,
    maskIndex,
    unknownWords,
    models,
  };
}
