/** Whether a snapshot is one of these arms. What storage can't know is known here: every tensor's length. */
import { ProblemError } from '../config/problems';
import { projectionNames } from '../distill/tinybert';
import { namesIn } from '../model/packing';
import type { ArmState } from './snapshot';

/** Of a `TrainedArm`, what is asked. */
interface Fitted {
  arm: { id: string };
  /** Tensors by their names on the device. */
  weights: { parts: Record<string, { size: number }> };
}

/** Trained with a student and no part of it: an arm may have come to it, or lost it, since the snapshot. */
const mayDiffer: readonly string[] = Object.values(projectionNames);

/**
 * @throws ProblemError keptBroken with the first tensor that is missing, too much, or of another length: written back, it
 * would leave numbers of another state beside those of the snapshot
 */
export function requireFit(arms: readonly Fitted[], states: Record<string, ArmState>): void {
  for (const { arm, weights } of arms) {
    const state = Object.hasOwn(states, arm.id) ? states[arm.id] : broken(arm.id);
    const lengths = new Map(
      Object.entries(weights.parts).flatMap(([name, { size }]) => {
        const names = namesIn(name);
        return names.map((own) => [own, size / names.length] as const);
      }),
    );
    const kinds = { parameters: state.parameters, first: state.moments.first, second: state.moments.second };
    for (const [kind, tensors] of Object.entries(kinds)) {
      for (const [name, length] of lengths) {
        const found = Object.hasOwn(tensors, name) ? tensors[name].length : null;
        if (found !== length && !(found === null && mayDiffer.includes(name))) {
          broken(`${arm.id}.${kind}.${name}`);
        }
      }
      const extra = Object.keys(tensors).find((name) => !lengths.has(name) && !mayDiffer.includes(name));
      if (extra !== undefined) broken(`${arm.id}.${kind}.${extra}`);
    }
  }
}

function broken(part: string): never {
  throw new ProblemError('keptBroken', { part: `arms.${part}`.slice(0, 100) });
}
