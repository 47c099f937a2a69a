/** What the worker says, as the page's state. */
import type { Problem } from '../config/problems';
import { stageOfState } from '../config/stages';
import { upTo, withChanges, withEvaluation, withPoints } from '../protocol/history';
import type { RunStatus } from '../protocol/messages';
import type { EventHandlers } from '../protocol/port';
import { upToFrame, withFrame } from '../protocol/recording';
import { newestOf } from './initialState';
import { ledgerClosed, ledgerUpTo, withGradients } from './ledgerRecord';
import { likenessUpTo, withLikeness } from './likenessRecord';
import type { GetState, MachineParts, SetState } from './machineParts';
import type { Notices } from './notices';

/** A run of this many updates is worth keeping for long. */
const worthPersisting = 100;

export interface EventParts {
  set: SetState;
  get: GetState;
  notices: Notices;
  fail: (problem: Problem) => void;
  onFinished: () => void;
  /** A run has ended, and all that is held out is measured. */
  keepResult: MachineParts['keepResult'];
  onTakenBack: () => void;
  /** Another stage has begun, with this sentence. */
  onStage: (sentence: string) => void;
  askToPersist: () => void;
}

export function eventHandlers(parts: EventParts): EventHandlers {
  const { set, get, notices } = parts;
  let persists = false;

  /** What a run says while another one is being opened is of the one before. */
  const ofRun = (take: () => void) => {
    if (get().phase === 'ready') take();
  };
  /** Forgets what came after `step`. */
  const takeBack = (step: number) => {
    const history = upTo(get().history, step);
    const { experiment, recording, past, likeness, ledger } = get();
    const stage = stageOfState(experiment, step);
    set({
      history,
      ...newestOf(history, get().status.stage),
      likeness: likenessUpTo(likeness, step, stage),
      ledger: ledgerUpTo(ledger, step, stage),
      recording: upToFrame(recording, step, stage),
      // What is looked at may never have been, for the run that goes on from here.
      ...(past && (past.step > step || past.stage > stage) && { past: null, replaying: false }),
    });
  };

  const takeStatus = (status: RunStatus) => {
    const { stepsPerSecond } = status;
    // What went before the next stage was left.
    if (status.state !== 'playing' && get().opening) set({ opening: null });
    set(
      stepsPerSecond
        ? { status, pace: { secondsPerStep: 1 / stepsPerSecond, estimated: false } }
        : { status },
    );
  };

  return {
    beat: () => {},
    opening: (opening) => set({ opening }),
    savedRunSought: ({ found }) => set({ mayReturn: found }),
    importing: (importing) => set({ importing }),
    preparing: ({ done, of }) => set({ preparing: done < of ? { done, of } : null }),
    slowed: ({ problem }) => notices.tell({ tone: 'warning', problem }),
    progressed: ({ status, points }) =>
      ofRun(() => {
        takeStatus(status);
        set({ history: withPoints(get().history, points) });
      }),
    numbersChanged: ({ changes }) => ofRun(() => set({ history: withChanges(get().history, changes) })),
    evaluated: ({ point }) =>
      ofRun(() => {
        set({
          history: withEvaluation(get().history, point),
          ...(point.extent === 'full' ? { latestFull: point } : { latestSample: point }),
        });
        const { opened, status, experiment, history } = get();
        if (point.extent !== 'full' || status.state !== 'finished' || !opened) return;
        const { teacher, arms, fingerprint } = opened;
        const { changes, evaluations } = history;
        const of = { backend: get().backend?.name ?? null, fingerprint };
        parts.keepResult({ experiment, changes, evaluations, point, teacher, arms, ...of });
      }),
    layersCompared: ({ point }) => ofRun(() => set({ likeness: withLikeness(get().likeness, point) })),
    gradientsMeasured: ({ point }) => ofRun(() => set({ ledger: withGradients(get().ledger, point) })),
    ledgerClosed: ({ problem }) => ofRun(() => set({ ledger: ledgerClosed(get().ledger, problem) })),
    guessing: ({ share }) => get().guessing !== null && set({ guessing: share }),
    probed: ({ probe }) =>
      ofRun(() => {
        // An answer to a sentence that has been edited since would flicker.
        if (probe.sentence === get().sentence) set({ probe, sentenceProblem: null });
      }),
    recorded: (recorded) => ofRun(() => set({ recording: withFrame(get().recording, recorded) })),
    probeRefused: ({ problem }) => ofRun(() => set({ sentenceProblem: problem })),
    statusChanged: ({ status }) =>
      ofRun(() => {
        const finished = status.state === 'finished' && get().status.state === 'playing';
        takeStatus(status);
        if (finished) parts.onFinished();
      }),
    stageBegan: ({ status, facts }) =>
      ofRun(() => {
        const { opened, history } = get();
        set({
          status,
          // Figures of another stage are of another text.
          ...newestOf(history, status.stage),
          opened: opened && { ...opened, ...facts },
          opening: null,
          // Of models under another head.
          latency: null,
          probe: null,
          pace: { secondsPerStep: facts.secondsPerStep, estimated: true },
        });
        parts.onStage(facts.sentence);
      }),
    checkpointSaved: ({ step }) => {
      if (step < worthPersisting || persists) return;
      persists = true;
      parts.askToPersist();
    },
    checkpointsKept: ({ steps }) => ofRun(() => set({ checkpoints: steps })),
    gaveWay: ({ runs }) =>
      notices.tell({ tone: 'info', message: { key: 'gaveWay', values: { count: runs } } }),
    notSaved: ({ problem }) => notices.tell({ tone: 'warning', problem }),
    recovered: ({ problem, step, backend }) =>
      ofRun(() => {
        takeBack(step);
        // Times of another device say nothing of this one.
        set({ backend, latency: null, opening: null });
        notices.tell({ tone: 'warning', problem });
      }),
    failed: ({ problem, restoredStep, fatal }) => {
      // While another run is opened, the end of the one before is no news; its answer comes.
      const ofPresent = get().phase === 'ready';
      if (ofPresent && restoredStep !== null) {
        takeBack(restoredStep);
        parts.onTakenBack();
      }
      if (!fatal) notices.tell({ tone: 'error', problem });
      else if (ofPresent) parts.fail(problem);
    },
  };
}
