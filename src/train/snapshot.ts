/** The state of all arms on the CPU: what a checkpoint saves and a recovery takes up again. */
import * as tf from '@tensorflow/tfjs';
import type { TrainedArm } from './model';

export interface ArmState {
  parameters: Record<string, Float32Array>;
  moments: { first: Record<string, Float32Array>; second: Record<string, Float32Array> };
}

export interface Snapshot {
  /** Updates done. */
  step: number;
  arms: Record<string, ArmState>;
}

/** Copies the arms to the CPU, each arm in one read. The copies are taken at once; only the reading is waited for. */
export async function takeSnapshot(arms: TrainedArm[], step: number): Promise<Snapshot> {
  const pending = arms.map(({ arm, parameters, moments }) => {
    const groups = [parameters, moments.first, moments.second];
    const flat = tf.tidy(() =>
      tf.concat(groups.flatMap((g) => Object.values(g)).map((tensor) => tensor.flatten())),
    );
    return {
      id: arm.id,
      names: Object.keys(parameters),
      sizes: Object.values(parameters).map(({ size }) => size),
      flat,
    };
  });
  const states = await Promise.all(
    pending.map(async ({ id, names, sizes, flat }) => {
      const values = (await flat.data()) as Float32Array;
      flat.dispose();
      let at = 0;
      const take = () =>
        Object.fromEntries(
          names.map((name, i) => {
            at += sizes[i];
            return [name, values.slice(at - sizes[i], at)];
          }),
        );
      return [id, { parameters: take(), moments: { first: take(), second: take() } }] as const;
    }),
  );
  return { step, arms: Object.fromEntries(states) };
}

/** Writes a snapshot back into arms of the same shapes. */
export function restoreSnapshot(arms: TrainedArm[], snapshot: Snapshot) {
  for (const { arm, parameters, moments } of arms) {
    const state = snapshot.arms[arm.id];
    if (!state) continue;
    const write = (variables: Record<string, tf.Variable>, values: Record<string, Float32Array>) => {
      for (const [name, variable] of Object.entries(variables)) {
        tf.tidy(() => variable.assign(tf.tensor(values[name].slice(), variable.shape, 'float32')));
      }
    };
    write(parameters, state.parameters);
    write(moments.first, state.moments.first);
    write(moments.second, state.moments.second);
  }
}

/** True where every number of a snapshot is finite. */
export const isFiniteSnapshot = ({ arms }: Snapshot) =>
  Object.values(arms).every(({ parameters }) =>
    Object.values(parameters).every((values) => values.every(Number.isFinite)),
  );
