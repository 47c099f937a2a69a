/** The entry of the worker in the background: it trains what the page's store asks for and shows nothing. */
import { assumedSeconds } from '../config/cost';
import type { FromBackground, ToBackground } from '../protocol/background';
import type { Emit } from '../protocol/port';
import { loadTuning, saveTuning } from '../storage/tunings';
import { startBackend } from '../train/backends/choose';
import { Trainer } from '../train/trainer';
import { BackgroundRuns } from './backgroundRuns';
import { OwnRowsFiles } from './ownRows';
import { OwnVectors } from './ownVectors';
import { Pacer } from './pacer';
import { SourceLoader } from './sources';
import { wasmPaths } from './wasmPaths';

/** Milliseconds between two signs of life. */
const beatEvery = 500;

const say = (message: FromBackground) => postMessage(message);
setInterval(() => say({ kind: 'beat' }), beatEvery);

/** The run that is under way. */
let id = '';
/** What the loaders tell a page of is told of the run; people's own files come from what the browser keeps. */
const emit: Emit = (event, payload) => {
  if (event === 'opening' && 'stage' in payload) say({ kind: 'opening', id, what: payload.stage });
};
const rows = new OwnRowsFiles(emit);
const vectors = new OwnVectors(emit, () => rows.files());
const pacer = new Pacer();
const runs = new BackgroundRuns({
  startBackend: (options) =>
    startBackend({ ...options, tunings: { load: loadTuning, save: saveTuning }, wasmPaths }),
  loader: new SourceLoader(emit, { rows, vectors }),
  makeTrainer: (stage, { batches, teacher, others, words }, before) =>
    new Trainer(stage, batches, teacher, others, { origin: words, before }),
  expectedStep: (trainer, backend) => 1000 * assumedSeconds(trainer.stepFlops(), backend),
  pacer,
  say,
});

/** One after the other, should more than one be asked for. */
let queue: Promise<void> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<ToBackground>) => {
  if (data.kind === 'pace') {
    pacer.set(data.pace);
    return;
  }
  const { job } = data;
  queue = queue.then(() => {
    id = job.id;
    return runs.train(job);
  });
});
