/** What is asked of a text before it is trained on, and told of it. */
import { mostUnknown } from '../config/bounds';
import { ProblemError } from '../config/problems';
import type { TextFacts } from '../config/results';
import { type Corpus, lacksWords } from '../data/corpus';
import { withheldFacts } from '../data/withheld';

/** @throws ProblemError textOtherScript, textVocabularyTooSmall or textWithoutWords */
export function refuseUnread(corpus: Corpus, hasTeacher: boolean) {
  const { unknownShare, tokenizer } = corpus;
  if (unknownShare > mostUnknown) {
    const share = Math.round(unknownShare * 100);
    if (hasTeacher) throw new ProblemError('textOtherScript', { share });
    const vocabulary = tokenizer.vocabulary.length;
    throw new ProblemError('textVocabularyTooSmall', { share, vocabulary });
  }
  if (lacksWords(corpus)) throw new ProblemError('textWithoutWords');
}

export const factsOf = (corpus: Corpus): TextFacts => {
  const { texts, words, train, heldOut, unknownShare } = corpus;
  return {
    texts,
    words,
    trainSequences: train.length,
    trainTokens: train.reduce((sum, { length }) => sum + length, 0),
    heldOutSequences: heldOut.length,
    unknownShare,
    ...withheldFacts(corpus),
  };
};
