/** The worker's entry: training, evaluation and data live here; the page only hears of them. */

import { assumedSeconds } from '../config/cost';
import { type Emit, type Endpoint, serve } from '../protocol/port';
import { keepRecording, loadRecording } from '../storage/recordings';
import { clearRun, keepReached, keepRun, loadBorder, loadNewestRun, loadRun } from '../storage/runs';
import { saveTeacher } from '../storage/teachers';
import { loadTuning, saveTuning } from '../storage/tunings';
import { startBackend } from '../train/backends/choose';
import { Trainer } from '../train/trainer';
import { OwnRowsFiles } from './ownRows';
import { OwnVectors } from './ownVectors';
import { Session } from './session';
import { SourceLoader } from './sources';
import { wasmPaths } from './wasmPaths';

/** Milliseconds between two signs of life. */
const beatEvery = 500;

const tunings = { load: loadTuning, save: saveTuning };

/** A name that nobody else draws; `crypto.randomUUID` is missing where the page comes over plain HTTP. */
const newName = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

/** Tells the page that the worker lives, and lets it notice at once when it doesn't. */
function beat(emit: Emit) {
  setInterval(() => emit('beat', { busyFor: null, lock: null }), beatEvery);
  const lock = `stillroom-worker-${newName()}`;
  // Held until the worker ends, however it ends.
  navigator.locks
    ?.request(lock, () => {
      emit('beat', { busyFor: null, lock });
      return new Promise(() => {});
    })
    .catch(() => {});
}

serve(self as unknown as Endpoint, (emit) => {
  beat(emit);
  const rows = new OwnRowsFiles(emit);
  const vectors = new OwnVectors(emit, () => rows.files());
  const session = new Session(emit, {
    rows,
    vectors,
    startBackend: (options) => startBackend({ ...options, tunings, wasmPaths }),
    loader: new SourceLoader(emit, { rows, vectors }),
    makeTrainer: (stage, { batches, teacher, others, words }, before) =>
      new Trainer(stage, batches, teacher, others, { origin: words, before }),
    expectedStep: (trainer, backend) => 1000 * assumedSeconds(trainer.stepFlops(), backend),
    runs: {
      loadRun,
      loadNewestRun,
      loadBorder,
      keepRun,
      keepReached,
      clearRun,
      keepRecording,
      loadRecording,
    },
    saveTeacher,
    now: Date.now,
    newBirth: newName,
  });
  return session.handlers;
});
