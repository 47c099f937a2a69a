/**
 * Who teaches: the passes that arms learn from on one batch. The first teacher is the one that all figures compare with;
 * others, and arms that teach each other, only teach.
 */
import type { Arm } from '../config/experiment';
import { askedLessons, type Learner, learnsFromMember, type Needs } from '../config/needs';
import type { BatchTensors } from './batchTensors';
import { type Forward, forward } from './forward';
import type { Model } from './model';

export interface Lessons {
  teachers: (Forward | null)[];
  arms: (Forward | null)[];
}

/**
 * All passes that the learners need on a batch. Parameters of arms are as they are before the update, so that two arms that
 * teach each other are alike. `first`: the first teacher's pass, where it is known already.
 */
export function giveLessons(
  teachers: readonly Model[],
  learners: readonly (Learner & Model)[],
  batch: BatchTensors,
  first?: Forward,
): Lessons {
  const asked = askedLessons(teachers.length, learners);
  const passes = (models: readonly Model[], needs: (Needs | null)[]) =>
    models.map((model, i) => needs[i] && forward(model, batch, needs[i]));
  const [known, ...rest] = first ? [first, ...passes(teachers.slice(1), asked.teachers.slice(1))] : [];
  return {
    teachers: known ? [known, ...rest] : passes(teachers, asked.teachers),
    arms: passes(learners, asked.arms),
  };
}

/** The passes that an arm learns from: several for an ensemble, none where there is no teacher. */
export function lessonsOf(
  arm: Arm,
  learners: readonly { arm: Arm }[],
  { teachers, arms }: Lessons,
): Forward[] {
  const { taughtBy } = arm;
  const passes =
    taughtBy?.kind === 'arm'
      ? arms.filter((_, i) => learners[i].arm.id === taughtBy.id)
      : teachers.filter((_, member) => learnsFromMember(arm, member));
  return passes.filter((pass) => pass !== null);
}
