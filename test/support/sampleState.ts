/** A made-up state of the playground for drawing the page without a worker. No figure in it was measured. */
import { teacherModel } from '../../src/config/modelIds';
import { presets } from '../../src/config/presets';
import { bundledTeachers } from '../../src/config/teachers';
import type {
  EvaluationPoint,
  HeldOut,
  Latency,
  Probe,
  ProbeAttention,
  StepPoint,
} from '../../src/protocol/messages';
import { emptyRecording, recordedOf, withFrame } from '../../src/protocol/recording';
import type { PlaygroundState } from '../../src/store/state';

const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const words =
  `boat river bridge fish stone door morning garden bird fox water tree road house lamp bread field bell
  window hill cat dog ship net rope wind rain sun moon star song book letter child mother father friend king market
  winter summer night light fire snow the a by saw in of and ##s . ##ing`.split(/\s+/);
const vocabulary = [...special, ...words];
const steps = 320;

function generator(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const decay = (from: number, to: number, step: number, pace = 90) =>
  to + (from - to) * Math.exp(-step / pace);

function stepPoints(): StepPoint[] {
  const random = generator(3);
  const noise = () => 0.94 + 0.12 * random();
  return Array.from({ length: 300 }, (_, i) => {
    const step = Math.round(((i + 1) * steps) / 300);
    const ce = decay(3.2, 0.55, step) * noise();
    const mlm = decay(4.4, 2.5, step) * noise();
    const cos = decay(0.5, 0.09, step) * noise();
    const twin = decay(4.6, 2.8, step) * noise();
    return {
      step,
      learningRate: 5e-4 * Math.min(step / 25, (500 - step) / 475),
      arms: {
        distilled: { total: 5 * ce + 2 * mlm + cos, terms: { ce, mlm, cos }, gradientNorm: 2 + random() },
        twin: { total: twin, terms: { mlm: twin }, gradientNorm: 1 + random() },
      },
    };
  });
}

function attentionDistance(step: number, seed: number) {
  const random = generator(seed);
  const grid = (scale: number) =>
    Array.from({ length: 2 }, () =>
      Array.from({ length: 4 }, () => decay(scale, scale / 6, step) * (0.5 + random())),
    );
  return { scores: grid(1.2), probabilities: grid(0.012) };
}

function evaluation(step: number, extent: EvaluationPoint['extent']): EvaluationPoint {
  const teacher: HeldOut = { loss: 2.71, accuracy: 0.441, agreement: 1, klToTeacher: 0 };
  const ce = decay(3.3, 0.6, step);
  const mlm = decay(4.5, 2.86, step);
  const cos = decay(0.52, 0.1, step);
  const twin = decay(4.7, 3.02, step);
  return {
    step,
    extent,
    sequences: extent === 'sample' ? 128 : 1024,
    maskedWords: extent === 'sample' ? 512 : 4096,
    teacher,
    arms: {
      distilled: {
        loss: mlm,
        accuracy: decay(0.08, 0.421, step),
        agreement: decay(0.12, 0.74, step),
        klToTeacher: decay(3.1, 0.21, step),
        klError: decay(3.1, 0.21, step) / Math.sqrt(extent === 'sample' ? 512 : 4096),
        losses: { total: 5 * ce + 2 * mlm + cos, terms: { ce, mlm, cos }, gradientNorm: null },
        attention: attentionDistance(step, 5),
      },
      twin: {
        loss: twin,
        accuracy: decay(0.08, 0.404, step),
        agreement: decay(0.12, 0.6, step),
        klToTeacher: decay(3.1, 0.52, step),
        klError: decay(3.1, 0.52, step) / Math.sqrt(extent === 'sample' ? 512 : 4096),
        losses: { total: twin, terms: { mlm: twin }, gradientNorm: null },
        attention: attentionDistance(step / 2, 7),
      },
    },
  };
}

function attention(blocks: number, length: number, seed: number): ProbeAttention {
  const heads = 4;
  const random = generator(seed);
  const scores = new Float32Array(blocks * heads * length * length);
  const probabilities = new Float32Array(scores.length);
  for (let row = 0; row < scores.length; row += length) {
    const query = (row / length) % length;
    const head = Math.floor(row / (length * length)) % heads;
    let sum = 0;
    for (let key = 0; key < length; key++) {
      scores[row + key] = 3 - 0.9 * Math.abs(key - query - head + 1) + 1.2 * random();
      sum += Math.exp(scores[row + key]);
    }
    for (let key = 0; key < length; key++) probabilities[row + key] = Math.exp(scores[row + key]) / sum;
  }
  return { blocks, heads, scores, probabilities };
}

function probe(): Probe {
  const tokens = ['[CLS]', 'the', 'fox', 'saw', 'the', '[MASK]', 'by', 'the', 'river', '.', '[SEP]'];
  const logits = (seed: number, spread: number) => {
    const random = generator(seed);
    return Float32Array.from(vocabulary, (_, id) =>
      id < special.length ? -6 : spread * (4.2 - 0.35 * (id - special.length)) * 0.6 + 1.6 * random(),
    );
  };
  return {
    step: steps,
    sentence: 'The fox saw the [MASK] by the river.',
    tokens,
    maskIndex: 5,
    unknownWords: [],
    models: [
      { id: teacherModel, logits: logits(11, 1.5), attention: attention(4, tokens.length, 21) },
      { id: 'distilled', logits: logits(12, 1.3), attention: attention(2, tokens.length, 22) },
      { id: 'twin', logits: logits(13, 0.8), attention: attention(2, tokens.length, 23) },
    ],
  };
}

/** A run of the default preset, paused at step 320 of 500, with a probe over 60 words. */
export function sampleState(): PlaygroundState {
  const experiment = presets.distilbert;
  const status = {
    state: 'paused',
    step: steps,
    steps: experiment.training.steps,
    stepsPerSecond: 35.2,
  } as const;
  let recording = emptyRecording();
  for (let step = 0; step <= steps; step += steps / 16) {
    recording = withFrame(recording, recordedOf(recording, { ...probe(), step }, 0));
  }
  const history = {
    steps: stepPoints(),
    evaluations: [0, 50, 100, 150, 200, 250, 300].map((step) => evaluation(step, 'sample')),
    changes: [
      { step: 120, path: 'arms.0.temperature', before: 1, value: 2 },
      { step: 240, path: 'arms.0.objective.ce', before: 3, value: 5 },
      { step: 262, path: 'training.learningRate', before: 1e-3, value: 2e-3 },
    ],
    stepsPerEntry: 1,
    pending: [],
  };
  const backend = {
    name: 'webgpu',
    reason: 'adapter',
    adapter: 'Sample GPU',
    software: false,
    threads: 1,
  } as const;
  const layer = { attention: 66_304, feedForward: 131_968 };
  const parts = { words: 262_144, places: 8448, layers: [layer, layer], head: 18_816 };
  const student = { parameters: 663_680, bytes: 2_654_720, parts };
  const studentLatency: Latency = {
    batch1Ms: 1.12,
    batch32Ms: 8.1,
    batch1Middle: [1.07, 1.2],
    batch32Middle: [7.9, 8.4],
    runs: 31,
  };
  return {
    phase: 'ready',
    opening: null,
    mayReturn: false,
    filling: null,
    importing: null,
    preparing: null,
    failure: null,
    unapplied: null,
    pace: null,
    experiment,
    preset: 'distilbert',
    status,
    speed: null,
    backend,
    opened: {
      backend,
      experiment,
      status,
      sentence: 'The fox saw the [MASK] by the river.',
      examples: [],
      fingerprint: 'words embeddings shape parameters',
      vocabulary,
      text: {
        texts: 3000,
        trainSequences: 11_400,
        trainTokens: 239400,
        heldOutSequences: 1270,
        words: 412_000,
        unknownShare: 0.001,
      },
      words: bundledTeachers['stories-4x128'],
      teacher: {
        parameters: 1_082_496,
        bytes: 4_329_984,
        parts: { ...parts, layers: [layer, layer, layer, layer] },
        shape: bundledTeachers['stories-4x128'],
      },
      arms: { distilled: student, twin: student },
      history,
      recording,
      checkpoints: [],
      resumed: false,
      dropped: false,
      setAside: null,
      birth: 'sample',
      secondsPerStep: 0.05,
    },
    history,
    latestFull: evaluation(300, 'full'),
    latestSample: evaluation(300, 'sample'),
    probe: probe(),
    recording,
    checkpoints: [],
    past: null,
    replaying: false,
    replaySpeed: 1,
    sentence: 'The fox saw the [MASK] by the river.',
    sentenceProblem: null,
    latency: {
      teacher: {
        batch1Ms: 1.92,
        batch32Ms: 14.8,
        batch1Middle: [1.84, 2.07],
        batch32Middle: [14.4, 15.3],
        runs: 31,
      },
      distilled: studentLatency,
      twin: studentLatency,
    },
    measuring: false,
    guessing: null,
    likeness: { points: [], earlier: null },
    ledger: { setting: null, points: [], apart: null, problem: null },
    notices: [],
    view: {
      fullPanel: null,
      probabilityScale: 'linear',
      lossScale: 'linear',
      smoothing: 8,
      attention: { arm: null, block: 2, head: 1, of: 'probabilities' },
      softmaxLabOpen: false,
      temperature: null,
    },
  };
}
