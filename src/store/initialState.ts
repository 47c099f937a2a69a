/** The page's state before anything is known of the worker. */
import { defaultPreset, presets } from '../config/presets';
import { defaultSentence, sentencesOf } from '../config/sentences';
import { stepsOf } from '../config/stages';
import { emptyHistory } from '../protocol/history';
import type { EvaluationPoint, RunHistory } from '../protocol/messages';
import { emptyRecording } from '../protocol/recording';
import type { Address } from './address';
import { noLedger } from './ledgerRecord';
import { noLikeness } from './likenessRecord';
import type { PlaygroundState } from './state';

/** The newest evaluation of each extent in the history of a run that is in this stage. */
export function newestOf({ evaluations }: RunHistory, stage = 0) {
  const newest = (extent: EvaluationPoint['extent']) =>
    evaluations.findLast((point) => point.extent === extent && (point.stage ?? 0) === stage) ?? null;
  return { latestFull: newest('full'), latestSample: newest('sample') };
}

/** What belongs to one opening and goes with it. */
export const emptied = {
  opened: null,
  history: emptyHistory(),
  latestFull: null,
  latestSample: null,
  probe: null,
  recording: emptyRecording(),
  checkpoints: [] as number[],
  past: null,
  replaying: false,
  sentenceProblem: null,
  latency: null,
  measuring: false,
  guessing: null,
  preparing: null,
  unapplied: null,
  pace: null,
} satisfies Partial<PlaygroundState>;

/** Says nothing; stands in until the page's own has been read. */
export const bareAddress: Address = {
  experiment: presets[defaultPreset],
  preset: defaultPreset,
  backend: null,
  sentence: null,
  viewTemperature: null,
  specific: false,
  problems: [],
};

export const initialState = ({
  experiment,
  preset,
  sentence,
  viewTemperature,
}: Address): PlaygroundState => ({
  phase: 'opening',
  opening: null,
  mayReturn: true,
  filling: null,
  importing: null,
  failure: null,
  experiment,
  preset,
  status: { state: 'paused', step: 0, steps: stepsOf(experiment), stepsPerSecond: null },
  speed: null,
  replaySpeed: 1,
  backend: null,
  ...emptied,
  likeness: noLikeness,
  ledger: noLedger,
  sentence: sentence ?? sentencesOf(experiment.text)[0] ?? defaultSentence,
  notices: [],
  view: {
    fullPanel: null,
    probabilityScale: 'linear',
    lossScale: 'linear',
    smoothing: 8,
    attention: { arm: null, block: 1, head: 1, of: 'probabilities' },
    softmaxLabOpen: false,
    temperature: viewTemperature,
  },
});
