/** The words that every method needs, by the ids that the records in `methods/` give: what is forgotten doesn't compile. */
import type { ChoiceId, DialId, ListId, MethodId, ReadingId, ScheduleId, TermId } from '../methods/registry';
import type { SoftTargets } from '../methods/softTargets';
import type { FormulaSymbol } from './formulaSymbols';

interface Labelled {
  label: string;
  meaning: string;
}

export interface MethodWords {
  /** What it is, in a sentence, is in methodAbout.ts. */
  method: Record<MethodId, { name: string }>;
  /** What a term is, in a sentence, where its weight is set. */
  term: Record<TermId, string>;
  choice: Record<ChoiceId, Labelled & { options: Record<string, string> }>;
  /** What moves with the steps, as it stands in a legend. */
  moving: Record<ReadingId | ScheduleId, string>;
}

export interface MethodNumberWords {
  dial: Record<DialId, Labelled>;
  list: Record<ListId, Labelled>;
  control: Record<SoftTargets, string>;
  /** What a symbol in a formula of any method means, where it stands. */
  symbol: Record<FormulaSymbol, string>;
}
