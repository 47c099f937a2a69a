/**
 * The first losses of every preset as commit bca393c computes them: firstLosses.json, what is in it and how it is
 * computed again. (00225b4 gives the same bits but for the arm `layers` of `tinybert`: since 7c56757 padding gives
 * [PAD]'s embedding no gradient.) The file holds no type of today, so that it outlives them: experiments are plain JSON
 * of version 1, losses are numbers under the names that they had.
 */

import { readFileSync } from 'node:fs';
import type { Experiment } from '../../src/config/experiment';
import type { ArmLosses } from '../../src/config/results';
import { wordsOf } from '../../src/data/batchSource';
import { buildCorpus } from '../../src/data/corpus';
import { storiesOf } from '../../src/data/stories';
import { createTokenizer } from '../../src/data/tokenizer';
import { parseTeacher } from '../../src/interop/teacherBundle';
import { Trainer } from '../../src/train/trainer';

/** What decides the last bits of a loss on WASM. Engines that agree in all of it should agree in every bit. */
export interface Engine {
  /** a b + c is rounded once: the engine has relaxed SIMD and the CPU a fused instruction (kernels/backends/simd.as.ts). */
  fusedMultiplyAdd: boolean;
  /** Hash of the Math functions that weights, masks and rates are made with; their last bits are the engine's choice. */
  math: string;
}

/** One arm at one update: float32 numbers in the fewest digits that give them back. */
export interface RecordedLosses {
  total: number;
  gradientNorm: number;
  /** By the term's name in version 1; absent where the arm doesn't compute it. */
  terms: Record<string, number>;
}

export interface RecordedPreset {
  name: string;
  /** The experiment, version 1. */
  experiment: unknown;
  /** Per update, from the first: the arms by id. */
  steps: Record<string, RecordedLosses>[];
}

export interface FirstLosses {
  engine: Engine;
  presets: RecordedPreset[];
}

/**
 * `(a b) + c` of f32x4.relaxed_madd in its first lane:
 * (func (export "f") (param f32 f32 f32) (result f32) (f32x4.extract_lane 0
 *   (f32x4.relaxed_madd (f32x4.splat (local.get 0)) (f32x4.splat (local.get 1)) (f32x4.splat (local.get 2)))))
 */
const relaxedMultiplyAdd = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7d, 0x7d, 0x7d, 0x01, 0x7d],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
  ...[0x0a, 0x16, 0x01, 0x14, 0x00],
  ...[0x20, 0x00, 0xfd, 0x13, 0x20, 0x01, 0xfd, 0x13, 0x20, 0x02, 0xfd, 0x13],
  ...[0xfd, 0x85, 0x02, 0xfd, 0x1f, 0x00, 0x0b],
);

async function fusesMultiplyAdd(): Promise<boolean> {
  if (!WebAssembly.validate(relaxedMultiplyAdd)) return false;
  const { instance } = await WebAssembly.instantiate(relaxedMultiplyAdd);
  const multiplyAdd = instance.exports.f as (a: number, b: number, c: number) => number;
  // (1 + 2⁻¹²)² has a last bit, 2⁻²⁴, that a product in float32 loses.
  return multiplyAdd(1 + 2 ** -12, 1 + 2 ** -12, -(1 + 2 ** -11)) !== 0;
}

/** FNV-1a over the bits of some values of each function. */
function mathHash(): string {
  const { exp, log, cos, sin, sqrt, tanh } = Math;
  const at = Array.from({ length: 64 }, (_, i) => 0.01 + i * 0.37);
  const functions = [exp, log, cos, sin, sqrt, tanh, (x: number) => 0.98 ** x, (x: number) => x ** -0.7];
  const values = Float64Array.from(functions.flatMap((f) => at.map((x) => f(x))));
  let hash = 0x811c9dc5;
  for (const byte of new Uint8Array(values.buffer)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

export const thisEngine = async (): Promise<Engine> => ({
  fusedMultiplyAdd: await fusesMultiplyAdd(),
  math: mathHash(),
});

const publicFile = (path: string) => readFileSync(new URL(`../../public/${path}`, import.meta.url));

/** Losses of the first updates, per update the arms by id. The WASM backend must be up. */
export async function firstLosses(
  experiment: Experiment,
  steps: number,
): Promise<Record<string, ArmLosses>[]> {
  const { teacher: source, training } = experiment;
  if (source.kind !== 'bundled') throw new Error('Presets use a bundled teacher.');
  const [config, tokenizer, weights] = ['config.json', 'tokenizer.json', 'model.safetensors'].map((file) =>
    publicFile(`teachers/${source.id}/${file}`),
  );
  const teacher = parseTeacher({
    config: JSON.parse(String(config)),
    tokenizer: JSON.parse(String(tokenizer)),
    weights: new Uint8Array(weights).buffer,
  });
  const stories = storiesOf(String(publicFile('corpora/stories.txt')));
  const corpus = buildCorpus(createTokenizer(teacher.tokenizer), stories, training.sequenceLength);
  const trainer = new Trainer(experiment, wordsOf(corpus), teacher);
  try {
    while (trainer.step < steps) trainer.trainStep();
    return (await trainer.readPoints()).map(({ arms }) => arms);
  } finally {
    trainer.dispose();
  }
}
