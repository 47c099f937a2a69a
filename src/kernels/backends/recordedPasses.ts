/** Records pieces of work that follow each other, each to be replayed on its own. */
import * as tf from '@tensorflow/tfjs';
import { pipelineSoon } from './pipelines';
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
  // Passes run one after the other: what one has computed, another may write over, unless it is pinned.
  const spare: GPUBuffer[] = [];
  return recordings.map((recorded) => new PlannedPass(backend.device, recorded, spare));
}

/** Compiles the programs of all passes side by side; `onProgress` hears of each that is done. */
export async function compilePasses(
  passes: PlannedPass[],
  onProgress: (done: number, of: number) => void = () => {},
) {
  const { device } = internalsOf(tf.backend());
  const texts = new Map(passes.flatMap((pass) => pass.texts).map((text) => [text.code, text]));
  let done = 0;
  await Promise.all(
    [...texts.values()].map(async (text) => {
      await pipelineSoon(device, text);
      done += 1;
      onProgress(done, texts.size);
    }),
  );
  await Promise.all(passes.map((pass) => pass.bind()));
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
