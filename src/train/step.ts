/** One update of every arm: forward, losses, gradients, clipping, AdamW. */
import * as tf from '@tensorflow/tfjs';
import { type LossTerm, lossTerms, type Training } from '../config/experiment';
import type { Batch } from '../data/batches';
import { type TermValues, weightedSum } from '../distill/objective';
import { adamW, distilbertBetas } from '../optim/adamw';
import { clipped, globalNorm } from '../optim/clip';
import { learningRateAt } from '../optim/schedule';
import { armTerms } from './armTerms';
import { type BatchTensors, batchTensors } from './batchTensors';
import { forward, needsAllLogits, type TeacherPass, teacherPass } from './forward';
import type { Model, TrainedArm } from './model';

/** What an update reports, still on the device: read later, so that training doesn't wait. */
export interface StepReport {
  step: number;
  learningRate: number;
  arms: { id: string; terms: LossTerm[] }[];
  /** Per arm: total, the four terms in order (0 where absent), gradient norm; [arms · 6]. */
  values: tf.Tensor1D;
}

/** Entries of `StepReport.values` for one arm. */
export const reportWidth = lossTerms.length + 2;

type NamedTensors = Record<string, tf.Tensor>;

/**
 * Updates all arms with the mean gradient of `batches` (gradient accumulation). `step` counts updates from 0.
 * Averaging batch means equals one large batch only where the batches hold equally many counted tokens.
 */
export function trainStep(
  teacher: Model | null,
  arms: TrainedArm[],
  training: Training,
  batches: Batch[],
  step: number,
): StepReport {
  const learningRate = learningRateAt(step, training);
  const settings = { ...distilbertBetas, weightDecay: training.weightDecay };
  const key = { seed: training.seed, step };
  let sums = batchGradients(teacher, arms, batches[0], key);
  for (const batch of batches.slice(1)) sums = addedUp(sums, batchGradients(teacher, arms, batch, key));
  const values = tf.tidy(() => {
    const reports = arms.flatMap((arm, i) => {
      const { gradients, losses } = meanOf(sums[i], batches.length);
      const norm = globalNorm(Object.values(gradients));
      const bounded = clipped(gradients, norm, training.clipNorm);
      adamW(arm.parameters, bounded, arm.moments, learningRate, step + 1, settings);
      return [losses, norm.reshape([1])];
    });
    return tf.concat(reports) as tf.Tensor1D;
  });
  for (const { gradients, losses } of sums) tf.dispose([gradients, losses]);
  return {
    step: step + 1,
    learningRate,
    arms: arms.map(({ arm }) => ({ id: arm.id, terms: lossTerms.filter((term) => arm.objective[term] > 0) })),
    values,
  };
}

interface ArmGradients {
  /** By parameter name; a parameter that no term of the objective reaches has none. */
  gradients: NamedTensors;
  /** [total, ce, mlm, cos, mse]. */
  losses: tf.Tensor1D;
}

/** Every arm's gradients on one batch; the teacher runs once for all. */
function batchGradients(
  teacher: Model | null,
  arms: TrainedArm[],
  source: Batch,
  key: { seed: number; step: number },
) {
  return tf.tidy(() => {
    const batch = batchTensors(source, arms[0].shape.vocabularySize);
    const pass =
      teacher &&
      teacherPass(
        teacher,
        batch,
        arms.map(({ arm }) => arm),
        key,
      );
    return arms.map((arm) => armGradients(arm, batch, pass)) as unknown as tf.TensorContainer;
  }) as unknown as ArmGradients[];
}

/** Adds the second to the first and disposes of both. */
function addedUp(sums: ArmGradients[], next: ArmGradients[]): ArmGradients[] {
  const added = sums.map(({ gradients, losses }, i) => ({
    losses: losses.add(next[i].losses) as tf.Tensor1D,
    gradients: mapped(gradients, (gradient, name) => gradient.add(next[i].gradients[name])),
  }));
  for (const { gradients, losses } of [...sums, ...next]) tf.dispose([gradients, losses]);
  return added;
}

function meanOf({ gradients, losses }: ArmGradients, count: number): ArmGradients {
  if (count === 1) return { gradients, losses };
  return { gradients: mapped(gradients, (g) => g.div(count)), losses: losses.div(count) };
}

const mapped = (
  tensors: NamedTensors,
  change: (tensor: tf.Tensor, name: string) => tf.Tensor,
): NamedTensors =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, change(tensor, name)]));

function armGradients(model: TrainedArm, batch: BatchTensors, teacher: TeacherPass | null): ArmGradients {
  const { arm, parameters } = model;
  let losses: tf.Tensor1D | null = null;
  const named = Object.entries(parameters);
  const { value, grads } = tf.variableGrads(
    () => {
      const student = forward(model, batch, needsAllLogits(arm));
      const terms = armTerms(arm, student, batch, teacher);
      const total = weightedSum(terms, arm.objective);
      // Kept from the tidy scope of the gradients; the one around the batch can't see it, its caller disposes of it.
      losses = tf.keep(stackTerms(total, terms));
      return total;
    },
    named.map(([, variable]) => variable),
  );
  value.dispose();
  const gradients: NamedTensors = {};
  for (const [name, variable] of named) if (grads[variable.name]) gradients[name] = grads[variable.name];
  return { gradients, losses: losses! };
}

/** [total, ce, mlm, cos, mse] as one tensor, 0 where a term is absent. */
export const stackTerms = (total: tf.Scalar, terms: TermValues) =>
  tf.stack([total, ...lossTerms.map((term) => terms[term] ?? tf.scalar(0))]) as tf.Tensor1D;
