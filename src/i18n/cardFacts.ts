/** What the card of a model says, before it is put into words. */
import type { Arm, Experiment, OtherTeacher } from '../config/experiment';
import type { EvaluationPoint, HeldOut } from '../config/results';
import type { Metric } from '../config/tasks';
import type { TeacherShape } from '../config/teachers';

/** Which model of an experiment a card is of. */
export type CardModel =
  | { kind: 'arm'; arm: Arm }
  /** The first teacher: of words, or as it was tuned on the rows of the stage. */
  | { kind: 'teacher' }
  /** One beside it. */
  | { kind: 'other'; other: OtherTeacher };

export interface CardFacts {
  /** All stages, and which of them, counted from 0, the model stands at the end of. */
  experiment: Experiment;
  stage: number;
  /** Updates done, of all stages. */
  step: number;
  model: CardModel;
  /** As the page calls it. */
  name: string;
  /** Of the files. */
  folder: string;
  shape: TeacherShape;
  parameters: number;
  /** Of a task: the names of its classes, and whether its rows are pairs. */
  classes: readonly string[] | null;
  pairs: boolean;
  /** What it was measured by, with the figures of its own and of its teacher, as far as they are known. */
  measured: {
    point: Pick<EvaluationPoint, 'step' | 'maskedWords' | 'extent'>;
    own: HeldOut;
    teacher: HeldOut | null;
    /** The figure that its task is measured by, where that is not the share of right labels. */
    figure?: { metric: Exclude<Metric, 'accuracy'>; own: number; teacher: number | null };
  } | null;
  /** The experiment as a whole address, or its part from `?` on. */
  link: string;
  /** Whether `tokenizer.json` has to be read as it is. */
  ownTokenizer: boolean;
}
