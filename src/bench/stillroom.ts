/** Our own engine on the benchmark's step: the product's model, losses and optimiser under the benchmark's sizes. */
import * as tf from '@tensorflow/tfjs';
import type { Arm, Experiment } from '../config/experiment';
import { mlm } from '../config/heads';
import { planOf, termsOf } from '../config/objective';
import { presets } from '../config/presets';
import type { TeacherShape } from '../config/teachers';
import type { Batch } from '../data/batches';
import { randomStream } from '../data/random';
import { canRecord } from '../kernels/backends/recordedPasses';
import { makeStored } from '../kernels/backends/storage';
import { product } from '../kernels/matMul/matMul';
import type { TermId } from '../methods/registry';
import { projectionNames } from '../methods/tinybert';
import { randomWeights, type Weights } from '../model/initialise';
import { parameterShapes } from '../model/parameterNames';
import { distilbertBetas } from '../optim/adamw';
import { type StartedBackend, startBackend } from '../train/backends/choose';
import { frozenModel, type Model, studentShape, type TrainedArm, trainedArm } from '../train/model';
import { RecordedStep } from '../train/recordedStep';
import { ReportRing } from '../train/reports';
import { startingWeights } from '../train/startingWeights';
import { type StepNumbers, TrainingStep } from '../train/step';
import type { BenchEngine, BenchRun } from './engine';
import type { EncoderWeights, InitialWeights, Values } from './values';
import { adam, layerNormEpsilon, teacherBlock, temperature, type Workload } from './workloads';

let backend: StartedBackend;

export const stillroom: BenchEngine = {
  async open(name, wasmPaths) {
    const onError = (problem: unknown) => console.error(problem);
    backend = await startBackend({ forced: name, wasmPaths, tunings: null, onLost: onError, onError });
  },

  async start(workload, weights): Promise<BenchRun> {
    const before = tf.memory().numBytes;
    const { step, numbers, batch, ring, arms } = workload.preset
      ? presetStep(workload, workload.preset)
      : peersStep(workload, weights);
    const keptBytes = tf.memory().numBytes - before;
    const recorded = canRecord() ? new RecordedStep(step) : null;
    await recorded?.compile();
    const losses = new Map<number, number>();
    const { name, threads } = backend.report;
    return {
      threads: name === 'wasm' ? threads : null,
      asynchronous: name === 'webgpu',
      async step(i, ids) {
        ring.makeRoom();
        const { learningRate } = numbers;
        step.write(batch(ids), 0, { ...numbers, step: i });
        if (recorded) recorded.run(true);
        else step.run(true);
        ring.note(i + 1, learningRate, arms);
        return async () => {
          if (!losses.has(i)) {
            for (const point of await ring.read()) losses.set(point.step - 1, point.arms[arms[0].id].total);
          }
          return losses.get(i)!;
        };
      },
      bytes: async () =>
        keptBytes + (recorded ? recorded.storageBytes : await widestBytes(() => step.run(true))),
    };
  },

  async matmulRate() {
    const size = 512;
    const products = 4;
    const [a, b] = [1, 2].map(
      (seed) => tf.randomUniform([size, size], -1, 1, 'float32', seed) as tf.Tensor2D,
    );
    const times: number[] = [];
    for (let run = 0; run < 6; run++) {
      const start = performance.now();
      const last = tf.tidy(() => {
        let c = a;
        for (let i = 0; i < products; i++) c = product(a, b);
        return c.slice([0, 0], [1, 1]);
      });
      await last.data();
      last.dispose();
      times.push(performance.now() - start);
    }
    tf.dispose([a, b]);
    return (products * 2 * size ** 3 * 1000) / Math.min(...times);
  },
};

/** Bytes of the tensors that live at once while `compute` runs, beside those that were there before. */
async function widestBytes(compute: () => void): Promise<number> {
  const before = tf.memory().numBytes;
  const { peakBytes } = await tf.profile(() => {
    compute();
    return [] as unknown as tf.TensorContainer;
  });
  return peakBytes - before;
}

interface Prepared {
  step: TrainingStep;
  numbers: Omit<StepNumbers, 'step'>;
  batch: (ids: Int32Array) => Batch;
  ring: ReportRing;
  arms: Arm[];
}

/** The step that the peers run. */
function peersStep(workload: Workload, weights: InitialWeights): Prepared {
  const { vocabularySize, sequenceLength, heads, teacher, student } = workload;
  const shapeOf = ({ layers, hiddenSize }: Workload['teacher']): Model['shape'] => ({
    layers,
    hiddenSize,
    heads,
    intermediateSize: 4 * hiddenSize,
    tokenTypes: false,
    vocabularySize,
    maxPositions: sequenceLength,
    layerNormEpsilon,
  });
  const arms = weights.students.map((_, i): Arm => {
    const { vocabularySize: _v, maxPositions: _p, layerNormEpsilon: _e, ...architecture } = shapeOf(student);
    const blocks = Array.from({ length: student.layers }, (_, m) => teacherBlock(m, workload) + 1);
    return {
      id: `arm-${i}`,
      student: architecture,
      initialisation: { kind: 'random' },
      ...planOf({ ce: 1, mlm: 1, attn: 1, hidn: 1 }, { temperature, mapping: blocks }),
    };
  });
  const trained = arms.map((arm, i) => {
    const { encoder, projection } = weights.students[i];
    const named = namedWeights(encoder);
    named.set(projectionNames.weight, transposed(projection));
    const model = trainedArm(arm, shapeOf(student), named, shapeOf(teacher));
    // The peers' projection has no bias, and they compare no embeddings: this one is 0, and nothing trains it.
    const noBias = makeStored([teacher.hiddenSize]);
    return { ...model, parameters: { ...model.parameters, [projectionNames.bias]: noBias } };
  });
  const { learningRate, ...betas } = adam;
  return prepared(workload, frozenModel(shapeOf(teacher), namedWeights(weights.teacher)), trained, {
    terms: arms.map(termsOf),
    numbers: {
      learningRate,
      betas,
      epoch: 0,
      training: { weightDecay: 0, clipNorm: 1e30, seed: 1, steps: 1 },
    },
    share: 1,
  });
}

/** The product's own step of a preset, on made-up weights: its time does not depend on them. */
function presetStep(workload: Workload, preset: NonNullable<Workload['preset']>): Prepared {
  const { vocabularySize, sequenceLength, teacher } = workload;
  const { training, arms: all }: Experiment = presets[preset];
  const arms = workload.arm ? [workload.arm] : all;
  const { task } = workload;
  // Pairs are told apart by a teacher with token types, and BERT-like students.
  const tokenTypes = task?.pairs || (teacher as TeacherShape).tokenTypes;
  const shape = { ...(teacher as TeacherShape), vocabularySize, maxPositions: sequenceLength, tokenTypes };
  const head = task ? ({ kind: 'classify', classes: task.classes } as const) : mlm;
  const draw = (name: string) => randomStream(training.seed, 0, name);
  const weights = randomWeights(parameterShapes(shape, head), draw);
  const trained = arms.map((arm) => {
    const own = studentShape(arm, shape);
    const start = startingWeights(arm, own, { shape, weights }, shape, training.seed, head);
    return trainedArm(arm, own, start, shape, head);
  });
  const { learningRate } = training;
  return prepared(workload, frozenModel(shape, weights, head), trained, {
    terms: arms.map(termsOf),
    numbers: { learningRate, betas: distilbertBetas, epoch: 0, training },
    share: training.maskProbability,
  });
}

interface Preparation {
  terms: TermId[][];
  numbers: Omit<StepNumbers, 'step'>;
  /** Share of the tokens that are labelled. */
  share: number;
}

function prepared(
  workload: Workload,
  teacher: Model,
  trained: TrainedArm[],
  { terms, numbers, share }: Preparation,
): Prepared {
  const { batchSize, sequenceLength, vocabularySize, task } = workload;
  const maskedSlots = task ? batchSize : Math.ceil(share * batchSize * sequenceLength);
  const arms = trained.map(({ arm }) => arm);
  const ring = new ReportRing(arms);
  const answers = task?.classes;
  const sizes = { batchSize, sequenceLength, maskedSlots, vocabularySize, answers, pairs: task?.pairs };
  const step = new TrainingStep({ teachers: [teacher], arms: trained, terms, accumulation: 1, ring, sizes });
  return { step, numbers, batch: (task ? taskBatches : labelledBatches)(workload, maskedSlots), ring, arms };
}

/** Makes batches of ids, the first `count` of them labelled by themselves. */
function labelledBatches({ batchSize, sequenceLength }: Workload, count: number) {
  const tokenCount = batchSize * sequenceLength;
  const attentionMask = new Float32Array(tokenCount).fill(1);
  const maskedPositions = Int32Array.from({ length: count }, (_, m) => m);
  const maskedWeights = new Float32Array(count).fill(1);
  return (ids: Int32Array): Batch => ({
    batchSize,
    sequenceLength,
    inputIds: ids,
    originalIds: ids,
    attentionMask,
    labels: ids.subarray(0, count),
    maskedPositions,
    maskedWeights,
    maskedCount: count,
    tokenCount,
    sequenceCount: batchSize,
  });
}

/** Makes batches of rows, each labelled at its first token; of pairs, the second half is the second text. */
function taskBatches(workload: Workload, count: number) {
  const { batchSize, sequenceLength, task } = workload;
  const words = labelledBatches(workload, count);
  const { classes, pairs } = task!;
  const segment = (_: unknown, i: number) => Number(i % sequenceLength >= sequenceLength / 2);
  const segmentIds = pairs ? Int32Array.from({ length: batchSize * sequenceLength }, segment) : undefined;
  const maskedPositions = Int32Array.from({ length: count }, (_, row) => row * sequenceLength);
  return (ids: Int32Array): Batch => ({
    ...words(ids),
    labels: maskedPositions.map((first) => ids[first] % classes),
    maskedPositions,
    ...(segmentIds && { segmentIds }),
  });
}

/** The benchmark's weights, which multiply from the right, under Hugging Face's names as [out, in]. */
function namedWeights({ blocks, ...rest }: EncoderWeights<Values>): Weights {
  const named: Weights = new Map();
  const add = (name: string, weight: Values, bias: Values) => {
    named.set(`${name}.weight`, weight.shape.length === 2 ? transposed(weight) : weight);
    named.set(`${name}.bias`, bias);
  };
  named.set('bert.embeddings.word_embeddings.weight', rest.tokens);
  named.set('bert.embeddings.position_embeddings.weight', rest.positions);
  add('bert.embeddings.LayerNorm', rest.embeddingGain, rest.embeddingBias);
  blocks.forEach((block, layer) => {
    const at = `bert.encoder.layer.${layer}`;
    add(`${at}.attention.self.query`, block.queryWeight, block.queryBias);
    add(`${at}.attention.self.key`, block.keyWeight, block.keyBias);
    add(`${at}.attention.self.value`, block.valueWeight, block.valueBias);
    add(`${at}.attention.output.dense`, block.outputWeight, block.outputBias);
    add(`${at}.attention.output.LayerNorm`, block.attentionGain, block.attentionBias);
    add(`${at}.intermediate.dense`, block.expandWeight, block.expandBias);
    add(`${at}.output.dense`, block.contractWeight, block.contractBias);
    add(`${at}.output.LayerNorm`, block.outputGain, block.outputNormBias);
  });
  named.set('cls.predictions.bias', rest.headBias);
  return named;
}

function transposed({ data, shape: [rows, columns] }: Values): Values {
  const result = new Float32Array(data.length);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) result[c * rows + r] = data[r * columns + c];
  }
  return { data: result, shape: [columns, rows] };
}
