/** Steps of the models of golden/heads.json on their pairs: classes are the asked words of [CLS]. */
import type { Arm } from '../../src/config/experiment';
import { planOf, termsOf } from '../../src/config/objective';
import type { Batch } from '../../src/data/batches';
import { batchSizes } from '../../src/train/evaluation';
import { setArm, trainedArm } from '../../src/train/model';
import { ReportRing } from '../../src/train/reports';
import { TrainingStep } from '../../src/train/step';
import { type Case, golden, head, shapeOf, weightsOf } from '../golden/heads';

/** The sequences of the file, or the same from the last to the first. */
export function taskBatch(backwards = false): Batch {
  const order = backwards ? [...golden.ids.keys()].reverse() : [...golden.ids.keys()];
  const of = (rows: number[][]) => Int32Array.from(order.flatMap((b) => rows[b]));
  const [batchSize, sequenceLength] = [order.length, golden.ids[0].length];
  const inputIds = of(golden.ids);
  const attentionMask = Float32Array.from(inputIds, (id) => (id === 0 ? 0 : 1));
  return {
    batchSize,
    sequenceLength,
    inputIds,
    attentionMask,
    segmentIds: of(golden.segments),
    labels: Int32Array.from(order, (b) => golden.labels[b]),
    maskedPositions: Int32Array.from(order.keys(), (b) => b * sequenceLength),
    maskedWeights: new Float32Array(batchSize).fill(1),
    maskedCount: batchSize,
    tokenCount: attentionMask.reduce((sum, real) => sum + real),
    sequenceCount: batchSize,
    originalIds: inputIds,
  };
}

export function taskStep(name: Case, dropout: number) {
  const { vocabularySize, maxPositions: _, ...architecture } = shapeOf(name);
  const arm: Arm = {
    id: 'student',
    student: architecture,
    initialisation: { kind: 'random' },
    ...planOf({ mlm: 1 }, { temperature: 1, mapping: [1, 2] }),
  };
  const model = trainedArm(arm, shapeOf(name), weightsOf(name), null, head);
  setArm(model, arm, { step: 0, steps: 10, micro: 0, epoch: 0, seed: 1 });
  const ring = new ReportRing([arm]);
  const step = new TrainingStep({
    teachers: [],
    arms: [model],
    terms: [termsOf(arm)],
    accumulation: 1,
    ring,
    sizes: batchSizes(taskBatch(), vocabularySize, golden.classes),
    dropout,
  });
  return { arm, model, ring, step };
}
