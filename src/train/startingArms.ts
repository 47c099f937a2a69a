/** The arms of an experiment as they are before their first update. */
import type { Arm, Experiment } from '../config/experiment';
import type { Head } from '../config/heads';
import { sourceShape } from '../config/sources';
import type { TeacherShape } from '../config/teachers';
import type { Weights } from '../model/initialise';
import { studentShape, type TrainedArm, trainedArm } from './model';
import { carriedOver, startingWeights, type TeacherWeights } from './startingWeights';

/** What students begin with. */
export interface Start {
  /** Whom layers are copied from, where that is not the teacher. */
  origin?: TeacherWeights | null;
  /** By arm the weights that its student has from an earlier stage. */
  before?: Record<string, Weights>;
}

export class StartingArms {
  private readonly origin: TeacherWeights | null;
  private readonly before: Record<string, Weights>;

  constructor(
    private readonly experiment: Experiment,
    private readonly head: Head,
    private readonly vocabularySize: number,
    private readonly teacher: TeacherWeights | null,
    { origin = teacher, before = {} }: Start,
  ) {
    this.origin = origin;
    this.before = before;
  }

  /** An arm on the device. */
  arm(arm: Arm): TrainedArm {
    return trainedArm(arm, this.shapeOf(arm), this.weightsOf(arm), this.sourceOf(arm), this.head);
  }

  /** The weights of an arm's student, the same each time. */
  weightsOf(arm: Arm): Weights {
    const { seed } = this.experiment.training;
    const { head, origin, before } = this;
    const fresh = startingWeights(arm, this.shapeOf(arm), origin, this.sourceOf(arm), seed, head);
    return before[arm.id] ? carriedOver(fresh, before[arm.id]) : fresh;
  }

  private shapeOf(arm: Arm): TeacherShape {
    const { sequenceLength } = this.experiment.training;
    const { vocabularySize } = this;
    return studentShape(arm, this.origin?.shape ?? { vocabularySize, maxPositions: sequenceLength });
  }

  /** The shape of whom an arm learns from. */
  private sourceOf(arm: Arm): TeacherShape | null {
    const shape = this.teacher?.shape;
    return shape ? sourceShape(this.experiment, shape, arm) : null;
  }
}
