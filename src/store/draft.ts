/**
 * Changes of an experiment that are not applied yet. Before its first step a run has nothing to lose, and they are
 * applied at once; afterwards they wait, since they start the run again, and Play asks what is to become of them.
 */
import type { StateCreator } from 'zustand';
import { checkExperiment } from '../config/check';
import { canMove, difference, numberAt, withNumber } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import type { Problem } from '../config/problems';
import { pathInStage } from '../config/stages';
import type { TeacherShape } from '../config/teachers';
import { withLiveNumbers } from './edits';
import type { PlaygroundActions, PlaygroundState } from './state';
import { teacherShape } from './teacherShape';

/** What a draft reads of the playground, and what it does to it. */
export interface Playground {
  getState(): Present;
  subscribe(listener: (state: Present, before: Present) => void): () => void;
}
type Present = RunInHand & {
  preset: PlaygroundState['preset'];
  actions: Pick<PlaygroundActions, 'applyExperiment' | 'play' | 'setNumber'>;
};

/** What of the playground says how an experiment is drafted. */
export interface RunInHand extends Pick<PlaygroundState, 'phase' | 'mayReturn' | 'experiment' | 'opened'> {
  status: Pick<PlaygroundState['status'], 'step' | 'state' | 'stage'>;
}

export interface PendingChange {
  experiment: Experiment;
  /** The teacher's shape, where the change brings another one. */
  teacher?: TeacherShape;
  /** Where stages came, left or changed places: which one of the run each is, null for a new one. */
  order?: readonly (number | null)[];
}

export interface DraftState {
  /** Null: the experiment is as it runs. */
  pending: PendingChange | null;
  /** True while Play waits to be told what is to become of the changes. */
  asking: boolean;
  /** A change of structure. `teacher`: its shape, where the change brings another one. */
  edit(change: (experiment: Experiment) => Experiment, teacher?: TeacherShape): void;
  /** The same, where stages come, leave or change places: which one of the draft each is then, null for a new one. */
  arrange(change: (experiment: Experiment) => Experiment, order: readonly (number | null)[]): void;
  /**
   * A number that acts at once, or joins the draft where its arm is new in it, or its stage is new or over. `own`: its path
   * within the arm, such as `weights.ce`; within the stage where there is no arm. `stage`: counted from 0.
   */
  setNumber(arm: Arm | null, own: string, value: number, stage?: number): void;
  /** Starts the run again with the changes; nothing where problems keep them from being run. */
  apply(): void;
  discard(): void;
  /** What the Play button and its key do: play, or ask first. */
  play(): void;
  /** The answers to it. */
  startAgain(): void;
  goOn(): void;
  stay(): void;
  /** Opens an experiment and plays it as soon as it can. */
  start(experiment: Experiment): void;
}

/** What an editor shows. */
export interface Drafted {
  /** With the changes, and with the numbers that act at once as they now are in the run. */
  experiment: Experiment;
  /** The teacher's shape; null without a teacher, undefined where it could not be loaded. */
  teacher: TeacherShape | null | undefined;
  /** Why it can't be run; empty where it can. */
  problems: Problem[];
  /** True where the changes act on a run that has steps, and wait. */
  waits: boolean;
}

/** True where a run would be lost by starting again, or may yet come back while it opens. */
const hasSteps = ({ phase, mayReturn, status }: Pick<RunInHand, 'phase' | 'mayReturn' | 'status'>) =>
  phase === 'opening' ? mayReturn : phase === 'ready' && (status.step > 0 || status.state === 'playing');

/** Which stage of the run a stage of the draft is; null where it is new. */
export const stageInRun = (pending: PendingChange | null, stage: number): number | null =>
  pending?.order ? pending.order[stage] : stage;

/** The same where its numbers act at once; null too where it is over, for what was trained is trained. */
export function liveStage(
  pending: PendingChange | null,
  { status }: { status: Pick<RunInHand['status'], 'stage'> },
  stage: number,
): number | null {
  const inRun = stageInRun(pending, stage);
  return inRun === null || inRun < (status.stage ?? 0) ? null : inRun;
}

/** The experiment as drafted, of the changes that are pending and the run that they act on. */
export function drafted(pending: PendingChange | null, present: RunInHand): Drafted {
  const experiment = pending
    ? withLiveNumbers(pending.experiment, present.experiment, (stage) => liveStage(pending, present, stage))
    : present.experiment;
  const teacher = pending?.teacher ?? teacherShape(experiment.teacher, present.opened);
  const problems = teacher === undefined ? [] : checkExperiment(experiment, teacher);
  const waits = pending !== null && (hasSteps(present) || problems.length > 0);
  return { experiment, teacher, problems, waits };
}

/** Milliseconds after the last change until it is applied: a number is typed digit by digit. */
const applyAfter = 350;

export const createDraft =
  (playground: Playground): StateCreator<DraftState> =>
  (set, get) => {
    let applying: ReturnType<typeof setTimeout> | undefined;
    /** The changes that a person chose to go on without: they are not asked about twice. */
    let leftOut: PendingChange | null = null;
    /** What is to be played as soon as it is open. */
    let wanted: Experiment | null = null;

    const present = () => playground.getState();
    const now = () => drafted(get().pending, present());

    /** Applies what need not wait. */
    function settle() {
      clearTimeout(applying);
      if (get().pending && !now().waits) applying = setTimeout(() => get().apply(), applyAfter);
    }

    /** True where an experiment that can be run would become one that can't. */
    function breaks(before: Experiment, after: Experiment): boolean {
      const teacher = teacherShape(before.teacher, present().opened);
      if (teacher === undefined || checkExperiment(after, teacher).length === 0) return false;
      return checkExperiment(before, teacher).length === 0;
    }

    function put(pending: PendingChange, teacher = pending.teacher) {
      const changed = difference(present().experiment, pending.experiment) !== 'none';
      set({ pending: changed ? { ...pending, teacher } : null });
      settle();
    }

    function playWanted() {
      const { phase, opened, actions } = present();
      if (!wanted || phase !== 'ready' || !opened) return;
      if (difference(opened.experiment, wanted) === 'structure') return;
      wanted = null;
      actions.play();
    }

    function open(experiment: Experiment) {
      clearTimeout(applying);
      set({ pending: null, asking: false });
      present().actions.applyExperiment(experiment);
    }

    playground.subscribe((state, before) => {
      const other =
        state.preset !== before.preset || difference(before.experiment, state.experiment) === 'structure';
      // A draft belongs to the experiment that it was begun in.
      if (other && get().pending) get().discard();
      // Somebody has opened something else since.
      if (wanted && difference(state.experiment, wanted) === 'structure') wanted = null;
      const isSame =
        state.phase === before.phase &&
        state.mayReturn === before.mayReturn &&
        state.status.step === before.status.step;
      if (isSame) return;
      if (state.phase === 'failed') wanted = null;
      playWanted();
      settle();
    });

    return {
      pending: null,
      asking: false,
      edit: (change, teacher) => put({ ...get().pending, experiment: change(now().experiment) }, teacher),
      arrange: (change, order) => {
        const { pending } = get();
        const inRun = order.map((stage) => (stage === null ? null : stageInRun(pending, stage)));
        put({ ...pending, experiment: change(now().experiment), order: inRun });
      },
      setNumber: (arm, own, value, stage = 0) => {
        const inRun = liveStage(get().pending, present(), stage);
        const pathAt = ({ arms }: Experiment, at: number) =>
          pathInStage(arm ? `arms.${arms.findIndex(({ id }) => id === arm.id)}.${own}` : own, at);
        const pathIn = (experiment: Experiment) => pathAt(experiment, stage);
        // A loss that an arm can't have waits as a draft, with the words for it.
        const comesAnew = (experiment: Experiment, path: string) =>
          own.startsWith('weights.') && numberAt(experiment, path) === 0 && value > 0;
        const moves = (experiment: Experiment, path: string) =>
          canMove(experiment, { path, value }) &&
          !(comesAnew(experiment, path) && breaks(experiment, withNumber(experiment, path, value)));
        const run = present().experiment;
        const { pending } = get();
        const drafted = pending && numberAt(pending.experiment, pathIn(pending.experiment));
        // A weight that only the draft has would join the run without what makes its loss fit.
        const edit = () => get().edit((experiment) => withNumber(experiment, pathIn(experiment), value));
        if (inRun === null) return edit();
        const path = pathAt(run, inRun);
        const onlyDrafted = own.startsWith('weights.') && numberAt(run, path) === 0 && drafted;
        if (onlyDrafted || !moves(run, path)) return edit();
        if (pending && drafted !== null) {
          const experiment = withNumber(pending.experiment, pathIn(pending.experiment), value);
          set({ pending: { ...pending, experiment } });
        }
        present().actions.setNumber(path, value);
        // A draft that had taken the number away has it again.
        const { experiment } = now();
        if (!moves(experiment, pathIn(experiment))) edit();
      },
      apply: () => {
        const { experiment, problems } = now();
        if (get().pending && problems.length === 0) open(experiment);
      },
      discard: () => {
        clearTimeout(applying);
        set({ pending: null, asking: false });
      },
      play: () => {
        const { pending } = get();
        if (!pending || pending === leftOut) present().actions.play();
        else if (now().waits) set({ asking: true });
        else get().startAgain();
      },
      startAgain: () => {
        const { experiment, problems } = now();
        if (problems.length === 0) get().start(experiment);
      },
      goOn: () => {
        leftOut = get().pending;
        set({ asking: false });
        present().actions.play();
      },
      stay: () => set({ asking: false }),
      start: (experiment) => {
        open(experiment);
        wanted = experiment;
        playWanted();
      },
    };
  };
