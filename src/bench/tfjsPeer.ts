/** The step in plain tfjs, as its guides teach it: chained operations, autograd, `tf.train.adam`. */
import * as tf from '@tensorflow/tfjs';
import type { BenchBackend, BenchEngine, BenchRun, WasmPaths } from './engine';
import { type EncoderWeights, encoderValues, mapEncoder, type Values } from './values';
import { adam, layerNormEpsilon, teacherBlock, temperature, type Workload } from './workloads';

type Variables = EncoderWeights<tf.Variable>;

interface Sizes {
  /** B */
  batch: number;
  /** L */
  length: number;
  /** V */
  vocabulary: number;
  /** d */
  width: number;
  /** H */
  heads: number;
}

interface Pass {
  /** [B · L, V] */
  logits: tf.Tensor;
  /** After each block, [B, L, d]. */
  hidden: tf.Tensor[];
  /** QKᵀ/√d_k of each block, [B, H, L, L]. */
  scores: tf.Tensor[];
}

const variable = ({ data, shape }: Values) => tf.variable(tf.tensor(data, shape));

function layerNorm(x: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const centred = x.sub(x.mean(-1, true));
  const variance = centred.square().mean(-1, true);
  return centred.mul(variance.add(layerNormEpsilon).rsqrt()).mul(gain).add(bias);
}

/** The form with tanh, which needs the fewest operations here. */
function gelu(x: tf.Tensor): tf.Tensor {
  const cubic = x.mul(x).mul(x).mul(0.044715).add(x);
  return x
    .mul(
      cubic
        .mul(Math.sqrt(2 / Math.PI))
        .tanh()
        .add(1),
    )
    .mul(0.5);
}

function forward(weights: Variables, ids: tf.Tensor, sizes: Sizes): Pass {
  const { batch, length, vocabulary, width, heads } = sizes;
  const rows = batch * length;
  const linear = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    x.reshape([rows, -1]).matMul(weight).add(bias);
  const perHead = (x: tf.Tensor) => x.reshape([batch, length, heads, width / heads]).transpose([0, 2, 1, 3]);
  const asSequences = (x: tf.Tensor) => x.reshape([batch, length, width]);

  const oneHot = tf.oneHot(ids.reshape([-1]), vocabulary).cast('float32');
  let x: tf.Tensor = asSequences(oneHot.matMul(weights.tokens)).add(weights.positions);
  x = layerNorm(x, weights.embeddingGain, weights.embeddingBias);
  const hidden: tf.Tensor[] = [];
  const scores: tf.Tensor[] = [];
  for (const block of weights.blocks) {
    const queries = perHead(linear(x, block.queryWeight, block.queryBias));
    const keys = perHead(linear(x, block.keyWeight, block.keyBias));
    const values = perHead(linear(x, block.valueWeight, block.valueBias));
    const score = tf.matMul(queries, keys, false, true).mul(1 / Math.sqrt(width / heads));
    const context = tf.matMul(tf.softmax(score), values).transpose([0, 2, 1, 3]);
    const attended = linear(context, block.outputWeight, block.outputBias);
    x = layerNorm(x.add(asSequences(attended)), block.attentionGain, block.attentionBias);
    const expanded = gelu(linear(x, block.expandWeight, block.expandBias));
    const contracted = linear(expanded, block.contractWeight, block.contractBias);
    x = layerNorm(x.add(asSequences(contracted)), block.outputGain, block.outputNormBias);
    hidden.push(x);
    scores.push(score);
  }
  const logits = x.reshape([rows, width]).matMul(weights.tokens, false, true).add(weights.headBias);
  return { logits, hidden, scores };
}

function lossOf(workload: Workload, student: Pass, teacher: Pass, ids: tf.Tensor, projection: tf.Tensor) {
  const soften = (logits: tf.Tensor) => logits.div(temperature);
  const targets = tf.softmax(soften(teacher.logits));
  const surprise = tf.logSoftmax(soften(teacher.logits)).sub(tf.logSoftmax(soften(student.logits)));
  const divergence = targets
    .mul(surprise)
    .sum(-1)
    .mean()
    .mul(temperature ** 2);
  const labels = tf.oneHot(ids.reshape([-1]), workload.vocabularySize).cast('float32');
  const crossEntropy = labels.mul(tf.logSoftmax(student.logits)).sum(-1).mean().neg();
  let total: tf.Tensor = divergence.add(crossEntropy);
  for (const [m, scores] of student.scores.entries()) {
    const n = teacherBlock(m, workload);
    const projected = student.hidden[m].reshape([-1, workload.student.hiddenSize]).matMul(projection);
    const wanted = teacher.hidden[n].reshape([-1, workload.teacher.hiddenSize]);
    total = total
      .add(scores.sub(teacher.scores[n]).square().mean())
      .add(projected.sub(wanted).square().mean());
  }
  return total.asScalar();
}

/** Makes tfjs's backend the current one; the threads of WASM, or null. */
async function openBackend(backend: BenchBackend, wasmPaths: WasmPaths): Promise<number | null> {
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  const wasm = backend === 'wasm' ? await import('@tensorflow/tfjs-backend-wasm') : null;
  if (wasmPaths) wasm?.setWasmPaths(wasmPaths);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no backend ${backend} here.`);
  await tf.ready();
  if (!wasm) return null;
  return (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT')) ? wasm.getThreadsCount() : 1;
}

let threads: number | null;

export const tfjsPeer: BenchEngine = {
  async open(backend, wasmPaths) {
    threads = await openBackend(backend, wasmPaths);
  },
  async start(workload, weights): Promise<BenchRun> {
    const { batchSize: batch, sequenceLength: length, vocabularySize: vocabulary, heads } = workload;
    const sizes = { batch, length, vocabulary, heads };
    const teacherSizes = { ...sizes, width: workload.teacher.hiddenSize };
    const studentSizes = { ...sizes, width: workload.student.hiddenSize };
    const teacher = mapEncoder(weights.teacher, variable);
    const student = mapEncoder(weights.students[0].encoder, variable);
    const projection = variable(weights.students[0].projection);
    const trained = [...encoderValues(student), projection];
    const optimiser = tf.train.adam(adam.learningRate, adam.beta1, adam.beta2, adam.epsilon);
    return {
      threads,
      asynchronous: threads === null,
      async step(_i, drawn) {
        const ids = tf.tensor2d(drawn, [batch, length], 'int32');
        const targets = tf.tidy(() => forward(teacher, ids, teacherSizes) as unknown as tf.TensorContainer);
        const pass = targets as unknown as Pass;
        const loss = tf.tidy(
          () =>
            optimiser.minimize(
              () => lossOf(workload, forward(student, ids, studentSizes), pass, ids, projection),
              true,
              trained,
            )!,
        );
        return async () => {
          const [value] = await loss.data();
          tf.dispose([loss, ids, targets]);
          return value;
        };
      },
    };
  },
};
