/** The state of all arms on the CPU: what a checkpoint saves and a recovery takes up again. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { readStored, touch, writeStored } from '../kernels/backends/storage';
import type { Weights } from '../model/initialise';
import { namesIn, unpacked } from '../model/packing';
import type { TrainedArm } from './model';

/** Numbers by Hugging Face's names. */
type Named = Record<string, Float32Array>;

export interface ArmState {
  parameters: Named;
  moments: { first: Named; second: Named };
}

export interface Snapshot {
  /** Updates done. */
  step: number;
  arms: Record<string, ArmState>;
}

/** The state of an arm before its first update. */
export function startingState(weights: Weights): ArmState {
  const named = (values: (data: Float32Array) => Float32Array): Named =>
    Object.fromEntries([...weights].map(([name, { data }]) => [name, values(data)]));
  const zeros = () => named(({ length }) => new Float32Array(length));
  return { parameters: named((data) => data), moments: { first: zeros(), second: zeros() } };
}

/** Copies the arms to the CPU. The copies are taken at once; only the reading is waited for. */
export async function takeSnapshot(arms: TrainedArm[], step: number): Promise<Snapshot> {
  const states = await Promise.all(
    arms.map(async (model) => {
      const pending = [readStored(model.weights.flat), readStored(model.moments)];
      const [weights, moments] = await Promise.all(pending);
      const { size } = model.weights;
      const state: ArmState = {
        parameters: cut(model, weights),
        moments: { first: cut(model, moments.subarray(0, size)), second: cut(model, moments.subarray(size)) },
      };
      return [model.arm.id, state] as const;
    }),
  );
  return { step, arms: Object.fromEntries(states) };
}

/**
 * Writes a snapshot back into arms of the same shapes. `initial` gives what an older snapshot lacks: a tensor that arms
 * have had only since then is as it was at step 0.
 */
export function restoreSnapshot(arms: TrainedArm[], snapshot: Snapshot, initial: (arm: Arm) => ArmState) {
  for (const model of arms) {
    const kept = snapshot.arms[model.arm.id];
    if (!kept) continue;
    const names = Object.keys(model.weights.parts).flatMap(namesIn);
    const state = names.every((name) => kept.parameters[name]) ? kept : filledUp(kept, initial(model.arm));
    writeStored(model.weights.flat, joined(model, state.parameters));
    writeStored(model.moments, joined(model, state.moments.first));
    writeStored(model.moments, joined(model, state.moments.second), model.weights.size);
    touch(model.weights);
  }
}

const filledUp = (kept: ArmState, { parameters, moments: { first, second } }: ArmState): ArmState => ({
  parameters: { ...parameters, ...kept.parameters },
  moments: { first: { ...first, ...kept.moments.first }, second: { ...second, ...kept.moments.second } },
});

/** All numbers of an arm taken apart into Hugging Face's tensors. */
function cut({ weights: { parts, offsets } }: TrainedArm, flat: Float32Array): Named {
  const named = Object.entries(parts) as [string, tf.Tensor][];
  return Object.fromEntries(
    named.flatMap(([name, { size }]) => unpacked(name, flat.subarray(offsets[name], offsets[name] + size))),
  );
}

function joined({ weights: { parts, offsets, size } }: TrainedArm, values: Named): Float32Array {
  const flat = new Float32Array(size);
  for (const name of Object.keys(parts)) {
    let at = offsets[name];
    for (const own of namesIn(name)) {
      flat.set(values[own], at);
      at += values[own].length;
    }
  }
  return flat;
}

/** True where every number of a snapshot is finite. */
export const isFiniteSnapshot = ({ arms }: Snapshot) =>
  Object.values(arms).every(({ parameters }) =>
    Object.values(parameters).every((values) => values.every(Number.isFinite)),
  );
