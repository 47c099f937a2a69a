/** Which choices and lists say something for an arm: those of a method whose terms read them. */
import type { Arm } from '../../../config/experiment';
import { choiceOf, hasTerm } from '../../../config/objective';
import { type ChoiceId, type ListId, readersOf } from '../../../methods/registry';

export function isAsked(id: ChoiceId | ListId, arm: Arm): boolean {
  // Pairs of heads say nothing unless heads are compared in pairs.
  if (id === 'headPairs' && choiceOf(arm, 'heads') !== 'paired') return false;
  return readersOf(id)?.some((term) => hasTerm(arm, term)) ?? true;
}
