/** The page's state and the actions on it. The worker does the work; this keeps what it says. */
import type { StateCreator } from 'zustand';
import { checkExperiment } from '../config/check';
import { adjustmentBetween, difference } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { defaultSentence, presets } from '../config/presets';
import { type Problem, problemOf } from '../config/problems';
import { upTo, withEvaluation, withPoints } from '../protocol/history';
import type { Opened, OpenRequest } from '../protocol/messages';
import type { EventHandlers } from '../protocol/port';
import { listTeachers } from '../storage/teachers';
import { listTexts } from '../storage/texts';
import { addressOf, nearestPreset, readAddress } from './address';
import { continuedTeacher, scratchTeacher, withObjective, withTemperature } from './edits';
import { emptied, initialState, newestOf } from './initialState';
import type { Notice, PlaygroundActions, PlaygroundState } from './state';
import { tabName, wasReloaded } from './tab';
import { startWorker, type WorkerClient } from './workerClient';

type Playground = PlaygroundState & { actions: PlaygroundActions };

/** Notices on screen at most; older ones give way. */
const mostNotices = 6;
/** A slider's drag is one adjustment at most this often, in milliseconds. */
const adjustEvery = 50;
/** A sentence is read once typing pauses, in milliseconds. */
const probeAfter = 150;

export const createPlayground: StateCreator<Playground> = (set, get) => {
  const address = readAddress(location.search);
  let notices = 0;
  let client: WorkerClient | null = null;
  let adjusting: ReturnType<typeof setTimeout> | undefined;
  let probing: ReturnType<typeof setTimeout> | undefined;
  /** The experiment as the worker knows it. */
  let acting: Experiment = address.experiment;
  /** Openings so far, so that the answer to one that was overtaken is dropped. */
  let openings = 0;
  /** Which saved run the last opening asked for. */
  let asked: OpenRequest['resume'] = 'none';
  /** True once the address or a person has set the sentence. */
  let chosenSentence = address.sentence !== null;
  const tab = tabName();

  function notify(notice: Omit<Notice, 'id'>) {
    const id = ++notices;
    // The same thing said twice is said once; old notices give way.
    const others = get().notices.filter(
      (other) => JSON.stringify({ ...other, id: 0 }) !== JSON.stringify({ ...notice, id: 0 }),
    );
    set({ notices: [...others.slice(1 - mostNotices), { ...notice, id }] });
  }
  const complain = (error: unknown) => notify({ tone: 'error', problem: problemOf(error) });

  const handlers: EventHandlers = {
    opening: (opening) => set({ opening }),
    importing: (importing) => set({ importing }),
    preparing: ({ done, of }) => set({ preparing: done < of ? { done, of } : null }),
    slowed: ({ problem }) => notify({ tone: 'warning', problem }),
    progressed: ({ status, points }) => set({ status, history: withPoints(get().history, points) }),
    evaluated: ({ point }) =>
      set({
        history: withEvaluation(get().history, point),
        ...(point.extent === 'full' ? { latestFull: point } : { latestSample: point }),
      }),
    probed: ({ probe }) => {
      // An answer to a sentence that has been edited since would flicker.
      if (probe.sentence === get().sentence) set({ probe, sentenceProblem: null });
    },
    probeRefused: ({ problem }) => set({ sentenceProblem: problem }),
    statusChanged: ({ status }) => {
      const finished = status.state === 'finished' && get().status.state === 'playing';
      set({ status });
      if (finished) void measureLatency();
    },
    checkpointSaved: () => {},
    notSaved: ({ problem }) => notify({ tone: 'warning', problem }),
    recovered: ({ problem, step, backend }) => {
      takeBack(step);
      // Times of another device say nothing of this one.
      set({ backend, latency: null });
      notify({ tone: 'warning', problem });
    },
    failed: ({ problem, restoredStep, fatal }) => {
      if (restoredStep !== null) takeBack(restoredStep);
      if (fatal) set({ phase: 'failed', failure: problem, opening: null });
      else notify({ tone: 'error', problem });
    },
  };

  /** Forgets what came after `step`. */
  function takeBack(step: number) {
    const history = upTo(get().history, step);
    set({ history, ...newestOf(history) });
  }

  /** What to take up after a fault: this tab's run, or, where an opening was never answered, what that asked for. */
  const resumeAgain = () => (get().opened ? 'same' : asked);

  function worker(): WorkerClient {
    client ??= startWorker(handlers, (renewed, message) => {
      const { status, phase } = get();
      const problem: Problem =
        phase === 'opening'
          ? { code: 'unexpected', values: { message } }
          : { code: 'workerDied', values: { step: status.step } };
      if (!renewed) {
        set({ phase: 'failed', failure: problem, opening: null });
        return;
      }
      notify({ tone: 'warning', problem });
      void open(acting, resumeAgain());
    });
    return client;
  }

  /** Commands whose refusal is only to be told. */
  async function ask<T>(answer: Promise<T>): Promise<T | null> {
    try {
      return await answer;
    } catch (error) {
      // Whoever interrupted it knows, and a failure of the run has been told already.
      if (problemOf(error).code !== 'interrupted') complain(error);
      return null;
    }
  }

  async function open(experiment: Experiment, resume: OpenRequest['resume']) {
    acting = experiment;
    asked = resume;
    clearTimeout(adjusting);
    clearTimeout(probing);
    const { status } = get();
    set({
      phase: 'opening',
      experiment,
      failure: null,
      status: { ...status, state: 'paused', step: 0, steps: experiment.training.steps, stepsPerSecond: null },
      ...emptied,
    });
    const { backend } = address;
    const sentence = chosenSentence ? get().sentence : null;
    const request = { experiment, backend, sentence, resume, tab, baseUrl: document.baseURI };
    await answered(worker().call('open', request));
  }

  /** Takes the answer to an opening, unless another one was asked for since. */
  async function answered(answer: Promise<Opened>) {
    const opening = ++openings;
    try {
      const opened = await answer;
      if (opening === openings) settle(opened);
    } catch (error) {
      if (opening === openings) set({ phase: 'failed', failure: problemOf(error), opening: null });
    }
  }

  function settle(opened: Opened) {
    const { history } = opened;
    // What was moved or typed while it opened is not lost, unless another run came back than was asked for.
    const wanted = get().experiment;
    const moved =
      difference(acting, wanted) === 'numbers' && difference(opened.experiment, wanted) === 'numbers';
    const experiment = moved ? wanted : opened.experiment;
    acting = opened.experiment;
    set({
      phase: 'ready',
      opening: null,
      opened,
      experiment,
      history,
      ...newestOf(history),
      status: opened.status,
      backend: opened.backend,
      preset: opened.resumed ? nearestPreset(experiment) : get().preset,
    });
    if (moved) change(experiment);
    if (!chosenSentence) set({ sentence: opened.sentence });
    else if (get().sentence !== opened.sentence) void probe(get().sentence);
    if (opened.dropped) notify({ tone: 'warning', message: { key: 'dropped' } });
    if (get().speed !== null) void worker().call('setSpeed', { stepsPerSecond: get().speed });
    if (opened.resumed && opened.status.step > 0) {
      notify({ tone: 'info', message: { key: 'resumed', values: { step: opened.status.step } } });
    }
  }

  /** Numbers act on the next step, anything else opens the experiment anew. */
  function change(experiment: Experiment) {
    const kind = difference(acting, experiment);
    set({ experiment });
    showInAddress();
    const failed = get().phase === 'failed';
    if (kind === 'none' && !failed) return;
    if (kind === 'structure' || failed) {
      if (failed) worker().restart();
      // Another text speaks of other things, perhaps in another language.
      if (acting.text.id !== experiment.text.id) chosenSentence = false;
      if (get().status.step > 0) notify({ tone: 'info', message: { key: 'restarted' } });
      void open(experiment, 'none');
      return;
    }
    clearTimeout(adjusting);
    // While an experiment opens, its answer takes the change along.
    if (get().phase === 'ready') adjusting = setTimeout(() => void adjust(), adjustEvery);
  }

  /** Sends the numbers that differ. A set that can't be run, such as all weights 0, is told and not sent. */
  async function adjust() {
    const { experiment, opened } = get();
    const [misfit] = checkExperiment(experiment, opened?.teacher?.shape ?? null);
    if (misfit) {
      notify({ tone: 'warning', problem: misfit });
      return;
    }
    const adjustment = adjustmentBetween(acting, experiment);
    acting = experiment;
    await ask(worker().call('adjust', adjustment));
  }

  function showInAddress() {
    const { experiment, preset } = get();
    history.replaceState(null, '', addressOf(experiment, preset, null, new URL(location.href)));
  }

  async function probe(sentence: string) {
    const [probe, problem] = await worker()
      .call('probe', { sentence })
      .then(
        (probe) => [probe, null] as const,
        (error) => [null, problemOf(error)] as const,
      );
    if (get().sentence !== sentence || problem?.code === 'interrupted') return;
    set(problem ? { sentenceProblem: problem } : { probe, sentenceProblem: null });
  }

  async function measureLatency() {
    const opening = openings;
    set({ measuring: true });
    const latency = await ask(worker().call('measureLatency', {}));
    set({ measuring: false, ...(latency && opening === openings ? { latency } : {}) });
  }

  /** The state after a command is known before the next event. */
  async function command(name: 'play' | 'pause' | 'step') {
    // What was done has been read by whoever goes on.
    if (name !== 'pause') set({ notices: get().notices.filter(({ tone }) => tone !== 'info') });
    const status = await ask(worker().call(name, {}));
    if (status) set({ status });
  }

  const actions: PlaygroundActions = {
    play: () => void command('play'),
    pause: () => command('pause'),
    step: () => void command('step'),
    reset: async () => {
      asked = 'none';
      set({ ...emptied, phase: 'opening' });
      await answered(worker().call('reset', {}));
    },
    setSpeed: (speed) => {
      set({ speed });
      void ask(worker().call('setSpeed', { stepsPerSecond: speed }));
    },
    choosePreset: (preset) => {
      set({ preset });
      change(presets[preset]);
    },
    setTemperature: (temperature, arm) => change(withTemperature(get().experiment, temperature, arm)),
    setObjective: (arm, objective) => change(withObjective(get().experiment, arm, objective)),
    setLearningRate: (learningRate) => {
      const { experiment } = get();
      change({ ...experiment, training: { ...experiment.training, learningRate } });
    },
    applyExperiment: change,
    setSentence: (sentence) => {
      chosenSentence = true;
      set({ sentence });
      if (get().phase !== 'ready') return;
      clearTimeout(probing);
      probing = setTimeout(() => void probe(sentence), probeAfter);
    },
    measure: async () => {
      set({ measuring: true });
      await ask(worker().call('evaluate', {}));
      await measureLatency();
    },
    tokenize: (text) => worker().call('tokenize', { text }),
    listTexts,
    listTeachers,
    importText: (name, bytes) => {
      set({ importing: { loaded: 0, total: bytes.byteLength } });
      return worker()
        .call('importText', { name, bytes }, [bytes])
        .finally(() => set({ importing: null }));
    },
    cancelImport: () => void ask(worker().call('cancelImport', {})),
    saveAsTeacher: async (arm, name) => {
      const saved = await ask(worker().call('saveAsTeacher', { arm, name }));
      if (saved) notify({ tone: 'info', message: { key: 'teacherSaved', values: { name } } });
    },
    trainTeacher: (text, from) => {
      const { experiment, opened } = get();
      if (from.kind === 'scratch') change(scratchTeacher(text, from.vocabularySize, from.student));
      else change(continuedTeacher(experiment, text, opened?.teacher?.shape ?? null));
    },
    dismissNotice: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
    setView: (changes) => set({ view: { ...get().view, ...changes } }),
    shareLink: () => {
      const { experiment, preset, sentence } = get();
      const shared = sentence === defaultSentence ? null : sentence;
      const address = addressOf(experiment, preset, shared, new URL(location.href));
      // Whoever opens it has another machine.
      address.searchParams.delete('backend');
      return address.href;
    },
    retry: () => {
      worker().restart();
      void open(get().experiment, resumeAgain());
    },
  };

  // After the first paint, so that the page can be used while the worker starts.
  setTimeout(() => {
    for (const problem of address.problems) notify({ tone: 'warning', problem });
    void open(address.experiment, !address.specific ? 'any' : wasReloaded() ? 'same' : 'exact');
  });

  return { ...initialState(address), actions };
};
