/** Which choices and lists say something for an arm: those of a method whose terms read them. */
import type { Arm } from '../../../config/experiment';
import { choiceOf, hasTerm } from '../../../config/objective';
import type { ChoiceId, ListId, TermId } from '../../../methods/registry';

/** The terms that read a choice or a list, where these are not all of its method's. */
const readBy: Partial<Record<ChoiceId | ListId, readonly TermId[]>> = {
  softForm: ['ce'],
  softScale: ['ce'],
  projection: ['embd', 'hidn'],
  attention: ['attn'],
  heads: ['attn'],
  headPairs: ['attn'],
  padding: ['attn', 'embd', 'hidn'],
  layers: ['attn', 'hidn'],
  lambda: ['attn', 'embd', 'hidn'],
  predictionMean: ['pred'],
};

export function isAsked(id: ChoiceId | ListId, arm: Arm): boolean {
  // Pairs of heads say nothing unless heads are compared in pairs.
  if (id === 'headPairs' && choiceOf(arm, 'heads') !== 'paired') return false;
  return readBy[id]?.some((term) => hasTerm(arm, term)) ?? true;
}
