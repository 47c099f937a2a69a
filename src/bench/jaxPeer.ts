/**
 * The step in jax-js: one `jit` over the teacher's forward pass, the student's loss with its gradient, and Adam.
 * An operation of jax-js uses its operands up; `.ref` keeps one for another use.
 */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { BenchEngine, BenchRun } from './engine';
import { type EncoderWeights, mapEncoder, type Values } from './values';
import { adam, layerNormEpsilon, teacherBlock, temperature, type Workload } from './workloads';

type Encoder = EncoderWeights<np.Array>;
/** What training changes, and Adam's moments of it. */
type Trained = { student: Encoder; projection: np.Array };
type State = { trained: Trained; first: Trained; second: Trained };

interface Pass {
  /** [B · L, V] */
  logits: np.Array;
  /** After each block, [B, L, d]. */
  hidden: np.Array[];
  /** QKᵀ/√d_k of each block, [B, H, L, L]. */
  scores: np.Array[];
}

const array = ({ data, shape }: Values) => np.array(data).reshape(shape);

function layerNorm(x: np.Array, gain: np.Array, bias: np.Array): np.Array {
  const centred = x.ref.sub(np.mean(x, -1, { keepdims: true }));
  const variance = np.mean(np.square(centred.ref), -1, { keepdims: true });
  return centred
    .div(np.sqrt(variance.add(layerNormEpsilon)))
    .mul(gain)
    .add(bias);
}

const linear = (x: np.Array, weight: np.Array, bias: np.Array) => np.matmul(x, weight).add(bias);

/** Uses up the weights and `oneHot`, [B · L, V]. */
function forward(weights: Encoder, oneHot: np.Array, workload: Workload, width: number): Pass {
  const { batchSize, sequenceLength, heads } = workload;
  const headSize = width / heads;
  const perHead = (x: np.Array) =>
    x.reshape([batchSize, sequenceLength, heads, headSize]).transpose([0, 2, 1, 3]);
  const asRows = (x: np.Array) => x.reshape([batchSize * sequenceLength, width]);
  const asSequences = (x: np.Array) => x.reshape([batchSize, sequenceLength, width]);

  const embedded = asSequences(np.matmul(oneHot, weights.tokens.ref)).add(weights.positions);
  let x = layerNorm(embedded, weights.embeddingGain, weights.embeddingBias);
  const hidden: np.Array[] = [];
  const scores: np.Array[] = [];
  for (const block of weights.blocks) {
    const rows = asRows(x.ref);
    const queries = perHead(linear(rows.ref, block.queryWeight, block.queryBias));
    const keys = perHead(linear(rows.ref, block.keyWeight, block.keyBias));
    const values = perHead(linear(rows, block.valueWeight, block.valueBias));
    const score = np.matmul(queries, keys.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(headSize));
    scores.push(score.ref);
    const context = np.matmul(nn.softmax(score, -1), values).transpose([0, 2, 1, 3]);
    const attended = linear(asRows(context), block.outputWeight, block.outputBias);
    x = layerNorm(x.add(asSequences(attended)), block.attentionGain, block.attentionBias);
    const expanded = nn.gelu(linear(asRows(x.ref), block.expandWeight, block.expandBias));
    const contracted = linear(expanded, block.contractWeight, block.contractBias);
    x = layerNorm(x.add(asSequences(contracted)), block.outputGain, block.outputNormBias);
    hidden.push(x.ref);
  }
  const logits = np.matmul(asRows(x), weights.tokens.transpose()).add(weights.headBias);
  return { logits, hidden, scores };
}

/** The loss of the step as a function of what is trained. */
const lossOn =
  (workload: Workload) =>
  ({ student: weights, projection }: Trained, frozen: Encoder, oneHot: np.Array): np.Array => {
    const { teacher: teacherSize, student: studentSize } = workload;
    const teacher = forward(frozen, oneHot.ref, workload, teacherSize.hiddenSize);
    const student = forward(weights, oneHot.ref, workload, studentSize.hiddenSize);
    const logTargets = nn.logSoftmax(teacher.logits.div(temperature), -1);
    const logSoftened = nn.logSoftmax(student.logits.ref.div(temperature), -1);
    const divergence = np.sum(np.exp(logTargets.ref).mul(logTargets.sub(logSoftened)), -1);
    const logLikelihood = np.sum(oneHot.mul(nn.logSoftmax(student.logits, -1)), -1);
    let total = np
      .mean(divergence)
      .mul(temperature ** 2)
      .sub(np.mean(logLikelihood));
    for (const [m, scores] of student.scores.entries()) {
      const n = teacherBlock(m, workload);
      const projected = np.matmul(student.hidden[m].reshape([-1, studentSize.hiddenSize]), projection.ref);
      const wanted = teacher.hidden[n].ref.reshape([-1, teacherSize.hiddenSize]);
      total = total
        .add(np.mean(np.square(scores.sub(teacher.scores[n].ref))))
        .add(np.mean(np.square(projected.sub(wanted))));
    }
    tree.dispose([teacher.hidden, teacher.scores, projection]);
    return total;
  };

/**
 * Adam on every array of a tree. `corrections` is [learning rate / (1 - β1^t), 1 / (1 - β2^t)]: an input, since a
 * number would become a constant of the compiled step.
 */
function adamUpdate({ trained, first, second }: State, gradients: Trained, corrections: np.Array): State {
  const { beta1, beta2, epsilon } = adam;
  const nextFirst = tree.map(
    (moment: np.Array, gradient: np.Array) => moment.mul(beta1).add(gradient.mul(1 - beta1)),
    first,
    tree.ref(gradients),
  ) as Trained;
  const nextSecond = tree.map(
    (moment: np.Array, gradient: np.Array) => moment.mul(beta2).add(np.square(gradient).mul(1 - beta2)),
    second,
    gradients,
  ) as Trained;
  const rate = corrections.ref.slice(0);
  const scale = corrections.slice(1);
  const next = tree.map(
    (value: np.Array, mean: np.Array, square: np.Array) =>
      value.sub(mean.mul(rate.ref).div(np.sqrt(square.mul(scale.ref)).add(epsilon))),
    trained,
    tree.ref(nextFirst),
    tree.ref(nextSecond),
  ) as Trained;
  tree.dispose([rate, scale]);
  return { trained: next, first: nextFirst, second: nextSecond };
}

let threads: number | null;

export const jaxPeer: BenchEngine = {
  async open(backend) {
    if (!(await init(backend)).includes(backend)) throw new Error(`jax-js has no backend ${backend} here.`);
    defaultDevice(backend);
    // It spreads over workers, one a core, where memory can be shared; else it runs where it is called.
    const pooled = typeof SharedArrayBuffer !== 'undefined' && typeof Worker !== 'undefined';
    threads = backend === 'webgpu' ? null : pooled ? navigator.hardwareConcurrency : 1;
  },
  async start(workload, weights): Promise<BenchRun> {
    const teacher = mapEncoder(weights.teacher, array);
    const [{ encoder, projection }] = weights.students;
    const trained: Trained = { student: mapEncoder(encoder, array), projection: array(projection) };
    const zeros = () => tree.map((value: np.Array) => np.zeros(value.shape), tree.ref(trained)) as Trained;
    let state: State = { trained, first: zeros(), second: zeros() };
    const lossAndGradients = valueAndGrad(lossOn(workload));
    const step = jit((state: State, teacher: Encoder, ids: np.Array, corrections: np.Array) => {
      const oneHot = nn.oneHot(ids, workload.vocabularySize);
      const [loss, gradients] = lossAndGradients(tree.ref(state.trained), teacher, oneHot);
      return { loss, state: adamUpdate(state, gradients as Trained, corrections) };
    });
    return {
      threads,
      asynchronous: threads !== 1,
      async step(i, drawn) {
        const { learningRate, beta1, beta2 } = adam;
        const corrections = [learningRate / (1 - beta1 ** (i + 1)), 1 / (1 - beta2 ** (i + 1))];
        const ids = np.array(drawn, { dtype: np.int32 });
        const result = step(state, tree.ref(teacher), ids, np.array(new Float32Array(corrections)));
        const updated = result.state;
        state = updated;
        // jax-js hands work over once somebody asks for a result.
        const values = result.loss.data();
        return async () => {
          const [loss] = await values;
          // On WASM the update is still being computed then, in the time of whoever comes next. The next step uses
          // these arrays up: who doesn't wait between steps waits for the last one alone.
          if (threads !== null && state === updated) await blockUntilReady(updated);
          return loss;
        };
      },
    };
  },
};
