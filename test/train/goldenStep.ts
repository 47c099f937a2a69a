/** The models and batches of golden/step.json, whose weights no file holds. */
import type { Arm, Weights as LossWeights } from '../../src/config/experiment';
import { planOf, termsOf } from '../../src/config/objective';
import type { TeacherShape } from '../../src/config/teachers';
import type { Batch } from '../../src/data/batches';
import type { TermId } from '../../src/methods/registry';
import type { Weights } from '../../src/model/initialise';
import { batchSizes } from '../../src/train/evaluation';
import { frozenModel, setArm, type TrainedArm, trainedArm } from '../../src/train/model';
import { extraParameters } from '../../src/train/pairs';
import { ReportRing } from '../../src/train/reports';
import { TrainingStep } from '../../src/train/step';
import { drawnWeights } from '../golden/drawn';
import golden from '../golden/step.json';

export { golden };

/** The terms of step.json. Its `hidn` holds the embeddings' level too, which is a term of its own today. */
export const goldenTerms = ['ce', 'mlm', 'cos', 'mse', 'attn', 'hidn'] as const;
export type GoldenTerm = (typeof goldenTerms)[number];

/** Weights by the terms of step.json as those of today. */
export const weightsOfGolden = (weights: Partial<Record<GoldenTerm, number>>): LossWeights =>
  weights.hidn === undefined ? weights : { ...weights, embd: weights.hidn };

/** Losses of today by the terms of step.json. */
export function asGolden({ embd, hidn, ...terms }: Partial<Record<TermId, number>>) {
  return hidn === undefined || embd === undefined ? terms : { ...terms, hidn: embd + hidn };
}

const { hidden_size: d, num_attention_heads: heads, intermediate_size: intermediateSize } = golden.shape;
const architecture = { hiddenSize: d, heads, intermediateSize, tokenTypes: true };
const shapeOf = (layers: number): TeacherShape => ({
  ...architecture,
  layers,
  vocabularySize: golden.V,
  maxPositions: golden.shape.max_position_embeddings,
});

const armOf = (weights: LossWeights): Arm => ({
  id: 'student',
  student: { ...architecture, layers: golden.studentLayers },
  initialisation: { kind: 'random' },
  ...planOf(weights, { temperature: golden.temperature, mapping: golden.mapping }),
});

const extras = extraParameters({
  student: shapeOf(golden.studentLayers),
  teacher: shapeOf(golden.teacherLayers),
  plan: armOf({}),
});

/** The student before its first update, by Hugging Face's names. */
export const studentWeights: Weights = new Map([
  ...drawnWeights(golden.student, 2),
  ...drawnWeights(Object.fromEntries(Object.entries(extras).map(([name, { shape }]) => [name, shape])), 3),
]);

/**
 * Sequences as `data/batches.ts` would make a batch of them, with room for one word more than is asked. `size` above
 * their number leaves rows that only fill it up.
 */
function batchOf(ids: number[][], labels: number[][], size = ids.length): Batch {
  const fill = <T>(rows: T[][], value: T) =>
    Array.from({ length: size }, (_, b) => rows[b] ?? new Array<T>(golden.L).fill(value)).flat();
  const inputIds = Int32Array.from(fill(ids, 0));
  const gold = fill(labels, -100);
  const positions = [...gold.keys()].filter((position) => gold[position] >= 0);
  const slots = Array.from({ length: size * golden.L + 1 }, (_, m) => positions[m] ?? 0);
  const attentionMask = Float32Array.from(inputIds, (id) => (id === 0 ? 0 : 1));
  return {
    batchSize: size,
    sequenceLength: golden.L,
    inputIds,
    attentionMask,
    labels: Int32Array.from(slots, (position) => Math.max(0, gold[position])),
    maskedPositions: Int32Array.from(slots),
    maskedWeights: Float32Array.from(slots, (_, m) => (m < positions.length ? 1 : 0)),
    maskedCount: positions.length,
    tokenCount: attentionMask.reduce((sum, real) => sum + real),
    sequenceCount: ids.length,
    originalIds: inputIds.map((id, position) => (gold[position] >= 0 ? gold[position] : id)),
  };
}

/** The batches that the student learns from. */
export const batches: Batch[] = golden.batches.map(({ ids, labels }) => batchOf(ids, labels));

/** The held-out sequences, so many at a time; the last batch is filled up. */
export function heldOutBatches(size: number): Batch[] {
  const { ids, labels } = golden.heldOut;
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => {
    const [from, to] = [index * size, (index + 1) * size];
    return batchOf(ids.slice(from, to), labels.slice(from, to), size);
  });
}

/** A step of the student on its teacher, both as make_golden.py has them. */
export function goldenStep(weights: LossWeights, accumulation: number) {
  const arm = armOf(weights);
  const teacher = frozenModel(shapeOf(golden.teacherLayers), drawnWeights(golden.teacher, 1));
  const model: TrainedArm = trainedArm(arm, shapeOf(golden.studentLayers), studentWeights, teacher.shape);
  setArm(model, arm, { step: 0, steps: 10, micro: 0, epoch: 0, seed: 1 });
  const ring = new ReportRing([arm]);
  const step = new TrainingStep({
    teachers: [teacher],
    arms: [model],
    terms: [termsOf(arm)],
    accumulation,
    ring,
    sizes: batchSizes(batches[0], golden.V),
  });
  return { arm, teacher, model, ring, step };
}
