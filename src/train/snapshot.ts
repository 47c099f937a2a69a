/** The state of all arms on the CPU: what a checkpoint saves and a recovery takes up again. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { ProblemError } from '../config/problems';
import { readStored, touch, writeStored } from '../kernels/backends/storage';
import type { Weights } from '../model/initialise';
import { namesIn, partsOf } from '../model/packing';
import { parameterShapes } from '../model/parameterNames';
import type { TrainedArm } from './model';
import { extraParameters, ownerOfParameter } from './pairs';

/** Numbers by Hugging Face's names. */
type Named = Record<string, Float32Array>;

export interface ArmState {
  /** Those of a taken snapshot are views of one block of memory, as are its first and second moments. */
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

/** An arm's tensors of a snapshot with their shapes, what is trained beside the student among them. */
export function weightsOf({ shape, head, pair }: TrainedArm, parameters: Named): Weights {
  const extras = Object.entries(extraParameters(pair)).map(([name, extra]) => [name, extra.shape] as const);
  const shapes = { ...parameterShapes(shape, head), ...Object.fromEntries(extras) };
  return new Map(Object.entries(parameters).map(([name, data]) => [name, { shape: shapes[name], data }]));
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
 * Writes a snapshot back into arms of the same shapes. A snapshot may lack what methods train beside the student, since it can be
 * older than a method, or of whom an arm comes from: that is as it was at step 0, which `initial` gives. It may hold what a method trained that the arm
 * no longer learns by.
 * @throws ProblemError snapshotMisfit, before anything is written, where an arm or a tensor is missing, a tensor is none
 * of the arm's or has another size, a number is not finite, or the step is no number of updates
 */
export function restoreSnapshot(arms: TrainedArm[], snapshot: Snapshot, initial: (arm: Arm) => ArmState) {
  if (!Number.isInteger(snapshot.step) || snapshot.step < 0) {
    throw new ProblemError('snapshotMisfit', { arm: arms[0].arm.id, name: 'step' });
  }
  const states = arms.map((model) => {
    const kept = snapshot.arms[model.arm.id];
    const whole = kept && filledUp(model, kept, initial);
    const { parameters, moments } = whole ?? { parameters: {}, moments: { first: {}, second: {} } };
    return [parameters, moments.first, moments.second].map((named) => joined(model, named));
  });
  arms.forEach((model, i) => {
    const [parameters, first, second] = states[i];
    writeStored(model.weights.flat, parameters);
    writeStored(model.moments, first);
    writeStored(model.moments, second, model.weights.size);
    touch(model.weights);
  });
}

/** A state with the tensors beside the student that it lacks by design. */
function filledUp({ pair, arm }: TrainedArm, kept: ArmState, initial: (arm: Arm) => ArmState): ArmState {
  // One of another size was trained for other teachers: that of the arm that this one comes from.
  const lacking = Object.entries(extraParameters(pair)).flatMap(([name, { shape }]) =>
    kept.parameters[name]?.length === shape.reduce((size, side) => size * side, 1) ? [] : [name],
  );
  if (lacking.length === 0) return kept;
  const start = initial(arm);
  const withThem = (own: Named, at0: Named): Named => ({
    ...own,
    ...Object.fromEntries(lacking.map((name) => [name, at0[name]])),
  });
  return {
    parameters: withThem(kept.parameters, start.parameters),
    moments: {
      first: withThem(kept.moments.first, start.moments.first),
      second: withThem(kept.moments.second, start.moments.second),
    },
  };
}

/** All numbers of an arm taken apart into Hugging Face's tensors, without a copy. */
function cut({ weights: { parts, offsets } }: TrainedArm, flat: Float32Array): Named {
  const named = Object.entries(parts) as [string, tf.Tensor][];
  return Object.fromEntries(
    named.flatMap(([name, { size }]) => partsOf(name, flat.subarray(offsets[name], offsets[name] + size))),
  );
}

/** Tensors as they lie on the device, one after the other. @throws ProblemError snapshotMisfit */
function joined({ arm, pair, weights: { parts, offsets, size } }: TrainedArm, values: Named): Float32Array {
  const misfit = (name: string) => new ProblemError('snapshotMisfit', { arm: arm.id, name });
  const flat = new Float32Array(size);
  const unknown = new Set(Object.keys(values));
  for (const [name, part] of Object.entries(parts)) {
    const names = namesIn(name);
    const each = part.size / names.length;
    names.forEach((own, i) => {
      const tensor = values[own];
      if (!(tensor instanceof Float32Array) || tensor.length !== each || !isFinite32(tensor)) {
        throw misfit(own);
      }
      flat.set(tensor, offsets[name] + i * each);
      unknown.delete(own);
    });
  }
  // What a method trained beside the student stays behind with the method, whose weights may have gone to 0 since.
  for (const name of unknown) if (!ownerOfParameter(name, pair)) throw misfit(name);
  return flat;
}

/** True where every number of a snapshot is finite: parameters and both moments. */
export const isFiniteSnapshot = ({ arms }: Snapshot) =>
  Object.values(arms).every(({ parameters, moments }) =>
    [parameters, moments.first, moments.second].every((named) => Object.values(named).every(isFinite32)),
  );

/**
 * True where all values are finite. Looks at their bits, several times as fast as Number.isFinite: an exponent of all ones
 * (infinity, NaN), raised by one, runs over into the sign.
 */
function isFinite32({ buffer, byteOffset, length }: Float32Array): boolean {
  const bits = new Int32Array(buffer, byteOffset, length);
  let seen = 0;
  for (let i = 0; i < length; i++) seen |= (bits[i] & 0x7fffffff) + 0x00800000;
  return seen >= 0;
}
