/** Records pieces of work that follow each other, each to be replayed on its own. */
import * as tf from '@tensorflow/tfjs';
import { PlannedPass, replay } from './plannedPass';
import { type Recorded, record, VirtualBuffer } from './recording';
import { flush, internalsOf } from './webgpuInternals';

export const canRecord = () => tf.getBackend() === 'webgpu';

/**
 * Records pieces of work on the current backend (WebGPU), in order; none of it is computed. A piece may use tensors of
 * those before it: their buffers are kept for it.
 */
export function recordPasses(pieces: (() => void)[]): PlannedPass[] {
  const backend = internalsOf(tf.backend());
  const recordings: Recorded[] = [];
  tf.tidy(() => {
    for (const piece of pieces) recordings.push(record(backend, piece));
  });
  pinShared(recordings);
  return recordings.map((recorded) => new PlannedPass(backend.device, recorded));
}

/** Runs recorded passes after everything that was encoded before, in one submit. */
export function replayPasses(passes: PlannedPass[]) {
  const backend = internalsOf(tf.backend());
  flush(backend);
  replay(backend.device, passes);
}

function pinShared(recordings: Recorded[]) {
  const seen = new Map<VirtualBuffer, Recorded>();
  for (const recorded of recordings) {
    for (const command of recorded.commands) {
      const ranges = command.kind === 'copy' ? [command.from, command.to] : command.bindings;
      for (const { buffer } of ranges) {
        if (!(buffer instanceof VirtualBuffer)) continue;
        const first = seen.get(buffer);
        if (first && first !== recorded) buffer.pinned = true;
        else seen.set(buffer, recorded);
      }
    }
  }
}
