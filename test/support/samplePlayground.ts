/** Stands in for `src/store/playground` where the page is drawn without a worker: the sample state, and actions that only change it. */
import type { StateCreator } from 'zustand';
import { withSettings } from '../../src/config/compare';
import { presets } from '../../src/config/presets';
import { withTemperature } from '../../src/store/edits';
import { Scrubbing } from '../../src/store/scrubbing';
import type { PlaygroundActions, PlaygroundState } from '../../src/store/state';
import { OwnRowsFiles } from '../../src/worker/ownRows';
import { stagedState } from './sampleStages';
import { sampleState } from './sampleState';

/** `?phase=opening`, `?phase=failed`, `?stages` and `?notices` show the page in these states. */
function wanted(): Partial<PlaygroundState> {
  const query = new URLSearchParams(location.search);
  const phase = query.get('phase');
  const nothing = {
    opened: null,
    probe: null,
    backend: null,
    latestFull: null,
    latestSample: null,
    latency: null,
  };
  const history = { steps: [], evaluations: [], changes: [], stepsPerEntry: 1, pending: [] };
  const status = { state: 'paused', step: 0, steps: 500, stepsPerSecond: null } as const;
  if (phase === 'opening') {
    const opening = { stage: 'teacher', loaded: 1_200_000, total: 2_164_000 } as const;
    return { phase, opening, ...nothing, history, status };
  }
  if (phase === 'failed') {
    const failure = { code: 'downloadUnreachable', values: { file: 'model.safetensors' } } as const;
    return { phase, failure, ...nothing, history, status };
  }
  if (query.has('stages')) return stagedState();
  if (!query.has('notices')) return {};
  return {
    notices: [
      {
        id: 1,
        tone: 'error',
        problem: { code: 'lossNotFinite', values: { arm: 'distilled', step: 12, term: 'ce' } },
      },
      { id: 2, tone: 'warning', problem: { code: 'deviceLost', values: { step: 320 } } },
      { id: 3, tone: 'info', message: { key: 'resumed', values: { step: 320 } } },
    ],
  };
}

/** The real reading: it needs no worker, and no tfjs. */
const rows = new OwnRowsFiles(() => {});

export const createPlayground: StateCreator<PlaygroundState & { actions: PlaygroundActions }> = (
  set,
  get,
) => {
  const setStatus = (changes: Partial<PlaygroundState['status']>) =>
    set({ status: { ...get().status, ...changes } });
  const scrubbing = new Scrubbing(set, get);
  return {
    ...sampleState(),
    ...wanted(),
    actions: {
      begin: () => {},
      play: () => setStatus({ state: 'playing' }),
      pause: async () => setStatus({ state: 'paused' }),
      step: () => setStatus({ step: Math.min(get().status.step + 1, get().status.steps) }),
      reset: async () => setStatus({ state: 'paused', step: 0, stepsPerSecond: null }),
      goBackTo: () => {},
      fork: async () => {},
      setSpeed: (speed) => set({ speed }),
      seek: (step) => scrubbing.seek(step),
      seekBy: (frames) => scrubbing.seekBy(frames),
      backToLive: () => scrubbing.backToLive(),
      replay: () => scrubbing.replay(),
      restReplay: () => scrubbing.rest(),
      setReplaySpeed: (times) => scrubbing.setSpeed(times),
      choosePreset: (preset) => set({ preset, experiment: presets[preset] }),
      setNumber: (path, value) => set({ experiment: withSettings(get().experiment, [{ path, value }]) }),
      setTemperature: (temperature) => set({ experiment: withTemperature(get().experiment, temperature) }),
      applyExperiment: (experiment) => set({ experiment }),
      setSentence: (sentence) => set({ sentence }),
      measure: () => undefined,
      guessHeldOut: async () => ({ labels: [], rows: [], guesses: {} }),
      calibrate: () => new Promise(() => {}),
      measureCurves: () => new Promise(() => {}),
      judgeVariants: async () => null,
      stopGuessing: () => undefined,
      watchLayers: () => undefined,
      keepLedger: () => undefined,
      variantsOf: async (row) => ({ row, rows: 2, label: 0, a: 'A sample.', said: null, variants: [] }),
      findRows: async () => ({ rows: [], found: 0 }),
      tryWithholding: async (word) => word.toLowerCase(),
      tokenize: async (text) =>
        (text.toLowerCase().match(/[\p{L}\d]+|[^\s]/gu) ?? []).flatMap((word, id) =>
          word.length > 6
            ? [
                { token: word.slice(0, 5), id: 100 + id, continues: false },
                { token: `##${word.slice(5)}`, id: 200 + id, continues: true },
              ]
            : [{ token: /^[\p{ASCII}]+$/u.test(word) ? word : '[UNK]', id, continues: false }],
        ),
      listTexts: async () => [],
      listRows: async () => [],
      listVectors: async () => [],
      importRows: (name, bytes) => rows.open({ name, bytes }, null),
      previewRows: (corrections) => rows.look(corrections, null),
      acceptRows: () => rows.take(),
      importVectors: async ({ name }) => ({
        ...{
          id: '0123456789abcdef',
          name,
          words: 3120,
          dimension: 50,
          lines: 400_000,
          missing: 264,
          cut: false,
        },
        near: [
          { word: 'dog', near: ['cat', 'dogs', 'puppy', 'pet'] },
          { word: 'happy', near: ['glad', 'excited', 'sad', 'really'] },
        ],
      }),
      acceptVectors: async () => undefined,
      dropVectors: async () => undefined,
      listTeachers: async () => [],
      importText: async (name, bytes) => ({
        source: { kind: 'own', id: '0123456789abcdef', name },
        facts: {
          texts: 12,
          trainSequences: 340,
          trainTokens: 7140,
          heldOutSequences: 38,
          words: Math.round(bytes.byteLength / 6),
          unknownShare: 0.04,
        },
      }),
      cancelImport: () => undefined,
      saveAsTeacher: async () => null,
      saveRunFile: async () => undefined,
      savableModels: async () => ({ models: [], classes: null, pairs: false, ownTokenizer: false }),
      measureHeldOut: () => new Promise(() => {}),
      saveModel: async () => 0,
      openRunFile: async () => undefined,
      stopKeeping: async () => undefined,
      dismissNotice: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
      setView: (changes) => set({ view: { ...get().view, ...changes } }),
      shareLink: () => `${location.href}?preset=${get().preset}`,
      retry: () => set({ phase: 'ready', failure: null }),
    },
  };
};
