/** Updates that are done again: those after a checkpoint, each with the numbers that it had. Says nothing but how far it is. */
import { changesBy, settingsBetween, withoutChanges, withSettings } from '../config/compare';
import type { NumberSetting, Reached } from '../config/results';
import { type Account, breatheUnless, type IsOver } from './account';
import { changesFrom } from './changes';
import type { RunCourse } from './runCourse';

/** Whose updates they are. */
interface Host {
  course: RunCourse;
  account: Account;
  crossBorder: (isOver: IsOver) => Promise<void>;
  prepare: (onRefusal: () => void) => Promise<void>;
  update: () => void;
  evaluateWhereDue: (isOver: IsOver) => Promise<void>;
  adjust: (settings: NumberSetting[]) => void;
}

export class Redoing {
  /** What is being done again, or was when the device was lost; null otherwise. */
  goal: Reached | null = null;
  /** What is set meanwhile, with the numbers of that time, acts afterwards. Null at other times. */
  private waiting: NumberSetting[] | null = null;

  /** True where settings have to wait until all is done again. */
  keepsBack(settings: readonly NumberSetting[]): boolean {
    this.waiting?.push(...settings);
    return this.waiting !== null;
  }

  /**
   * From the checkpoint that the course is at to where it was. What is not done when something ends it stays the goal.
   * @throws ProblemError interrupted once `isOver`, and what an update throws
   */
  async run(host: Host, reached: Reached, tell: (done: number, of: number) => void, isOver: IsOver) {
    const { course, account } = host;
    const from = course.step;
    const last = Math.min(reached.step, course.steps);
    if (last < from) return;
    const known = account.history.changes;
    const due = changesFrom(reached.changes, from, last);
    const past = reached.changes.filter(({ step }) => step < from);
    // What was changed at the checkpoint's own step may have been changed back since, and is no change then.
    const start = withoutChanges(course.experiment, known);
    course.adjust(settingsBetween(course.experiment, withSettings(start, past)));
    account.takeBack({ ...account.history, changes: past });
    this.goal = { ...reached, step: last, changes: [...past, ...due] };
    this.waiting = [];
    account.speaks = false;
    try {
      for (;;) {
        const changes = due.filter(({ step }) => step === course.step);
        course.adjust(changes);
        account.noteChanges(changes);
        if (course.step >= last) break;
        tell(course.step - from, last - from);
        await host.crossBorder(isOver);
        await host.prepare(() => {});
        host.update();
        await account.tellPointsSoon(course);
        await host.evaluateWhereDue(isOver);
        await course.keepUp();
        await breatheUnless(isOver);
      }
      await account.tellPoints(course);
      this.goal = null;
    } finally {
      account.speaks = true;
      const settings = this.waiting;
      this.waiting = null;
      if (this.goal) this.goal = withLater(course, this.goal, settings);
      else host.adjust(settings);
    }
  }
}

/** What is still to be done again, with what was set since; the course has the numbers that are to act in the end. */
function withLater(course: RunCourse, goal: Reached, settings: NumberSetting[]): Reached {
  course.adjust(goal.changes);
  const later = changesBy(course.experiment, goal.step, settings);
  course.adjust(settings);
  return { ...goal, changes: [...goal.changes, ...later] };
}
