/** The models and batches of golden/step.json, whose numbers are drawn here as tools/golden/make_golden.py draws them. */
import { type Arm, lossTerms, type Objective } from '../../src/config/experiment';
import type { TeacherShape } from '../../src/config/teachers';
import type { Batch } from '../../src/data/batches';
import { projectionShapes } from '../../src/distill/tinybert';
import type { Weights } from '../../src/model/initialise';
import { batchSizes } from '../../src/train/evaluation';
import { frozenModel, type TrainedArm, trainedArm } from '../../src/train/model';
import { ReportRing } from '../../src/train/reports';
import { TrainingStep } from '../../src/train/step';
import golden from '../golden/step.json';

export { golden };

/** `Drawn` of make_golden.py: whole numbers from the C library's old generator, scaled to four decimals. */
class Drawn {
  constructor(private state: number) {}

  values(count: number, center: number): Float32Array {
    return Float32Array.from({ length: count }, () => {
      this.state = (Math.imul(1103515245, this.state) + 12345) & 0x7fffffff;
      return center + 0.4 * (((this.state >> 12) % 20001) / 10000 - 1);
    });
  }
}

function drawnWeights(shapes: Record<string, number[]>, seed: number): Weights {
  const drawn = new Drawn(seed);
  return new Map(
    Object.entries(shapes).map(([name, shape]) => {
      const size = shape.reduce((a, b) => a * b, 1);
      return [name, { shape, data: drawn.values(size, name.endsWith('LayerNorm.weight') ? 1 : 0) }];
    }),
  );
}

const { hidden_size: d, num_attention_heads: heads, intermediate_size: intermediateSize } = golden.shape;
const architecture = { hiddenSize: d, heads, intermediateSize, tokenTypes: true };
const shapeOf = (layers: number): TeacherShape => ({
  ...architecture,
  layers,
  vocabularySize: golden.V,
  maxPositions: golden.shape.max_position_embeddings,
});

/** The student before its first update, by Hugging Face's names. */
export const studentWeights: Weights = new Map([
  ...drawnWeights(golden.student, 2),
  ...drawnWeights(projectionShapes(d, d), 3),
]);

const armOf = (objective: Objective): Arm => ({
  id: 'student',
  student: { ...architecture, layers: golden.studentLayers },
  initialisation: { kind: 'random' },
  objective,
  temperature: golden.temperature,
  softTargets: 'teacher',
  positions: 'all',
  mapping: golden.mapping,
});

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
export function goldenStep(objective: Objective, accumulation: number) {
  const arm = armOf(objective);
  const teacher = frozenModel(shapeOf(golden.teacherLayers), drawnWeights(golden.teacher, 1));
  const model: TrainedArm = trainedArm(arm, shapeOf(golden.studentLayers), studentWeights);
  const ring = new ReportRing([arm]);
  const step = new TrainingStep({
    teacher,
    arms: [model],
    terms: [lossTerms.filter((term) => objective[term] > 0)],
    accumulation,
    ring,
    sizes: batchSizes(batches[0], golden.V),
  });
  return { arm, teacher, model, ring, step };
}
