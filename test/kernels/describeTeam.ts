/** Calls that are cut into parts leave the same bits as whole ones; run in Node and in Chromium. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { accumulateKernel, adamWKernel, squaredNormKernel } from '../../src/kernels/adamW/kernel';
import { attentionGradientKernel, attentionKernel } from '../../src/kernels/attention/kernel';
import { boardBytes, Team } from '../../src/kernels/backends/team';
import { loadWasmKernels, wasmKernel } from '../../src/kernels/backends/wasm';
import type { RangedCalls, WasmModule } from '../../src/kernels/backends/wasmModule';
import {
  controlTargetsKernel,
  shuffledTargetsKernel,
  topTargetsKernel,
} from '../../src/kernels/controlTargets/kernel';
import { cosineLossGradientKernel, cosineLossKernel } from '../../src/kernels/cosineLoss/kernel';
import { divergenceGradientKernel, divergenceKernel } from '../../src/kernels/divergence/kernel';
import { dropoutKernel } from '../../src/kernels/dropout/kernel';
import { embeddingGradientKernel, embeddingKernel } from '../../src/kernels/embedding/kernel';
import { layerNormGradientKernel, layerNormKernel } from '../../src/kernels/layerNorm/kernel';
import { geluGradientKernel, matMulKernel } from '../../src/kernels/matMul/kernel';
import { matMulDefaults } from '../../src/kernels/matMul/reference';
import { relationLossKernel } from '../../src/kernels/relationLoss/kernel';
import { relationsGradientKernel, relationsKernel } from '../../src/kernels/relations/kernel';
import { squaredErrorGradientKernel, squaredErrorKernel } from '../../src/kernels/squaredError/kernel';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from '../../src/kernels/vocabularyLoss/kernel';
import { describeOn } from '../support/backends';
import { type Input, noise } from './checkKernel';
import { factorsOf } from './describeAttention';
import { floats, indexOf, repeatingIds, segmentIndex, segmentsOf, whole } from './inputs';
import { logitCases } from './logitCases';
import { type Case, given, of } from './teamCase';

function productCases(): Case[] {
  const sizes = [
    [203, 61, 70],
    [61, 203, 300],
  ];
  return sizes.flatMap(([m, n, k]) =>
    [false, true].map((transposed) => {
      const attributes = {
        ...matMulDefaults,
        transposeA: transposed,
        transposeB: !transposed,
        activation: 'gelu' as const,
        keepPreactivation: true,
        rowSums: true,
      };
      const inputs = {
        a: noise(transposed ? [k, m] : [m, k], 1),
        b: noise(transposed ? [k, n] : [n, k], 2),
        bias: noise([n], 3),
        residual: noise([m, n], 4),
      };
      return of(matMulKernel, inputs, attributes, 'matMul');
    }),
  );
}

const [B, L] = [5, 33];
const mask: Input = {
  shape: [B, L],
  values: Float32Array.from({ length: B * L }, (_, i) => (i % L < 20 + i / L ? 1 : 0)),
};

function attentionCases(): Case[] {
  const [heads, d] = [3, 36];
  const qkv = noise([B * L, 3 * d], 1, 2);
  const attributes = { heads, keepScores: true };
  const probabilities = given(attentionKernel, { qkv, mask }, attributes, 1);
  const dcontext = noise([B * L, d], 2);
  const dscores = noise([B, heads, L, L], 3);
  const factors = factorsOf({ B, L, heads, k: d / heads }, 4);
  return [
    of(attentionKernel, { qkv, mask }, attributes, 'attention'),
    of(attentionGradientKernel, { dcontext, qkv, probabilities, dscores }, { heads }, 'attentionGradient'),
    of(attentionKernel, { qkv, mask, factors }, attributes, 'attention'),
    of(attentionGradientKernel, { dcontext, qkv, probabilities, factors }, { heads }, 'attentionGradient'),
  ];
}

function vocabularyCases(): Case[] {
  const [R, V] = [37, 501];
  const logits = { student: noise([R, V], 1, 9), teacher: noise([R, V], 2, 9), temperature: floats([1.7]) };
  const labels = whole(Array.from({ length: R }, (_, r) => (r % 3 === 1 ? -1 : (r * 7) % V)));
  const inputs = { ...logits, labels, weights: noise([2, R], 3) };
  const attributes = { soft: true, hard: true, crossEntropy: false, temperatureGradient: true };
  const stats = given(vocabularyLossKernel, inputs, attributes, 1);
  const between = { ...logits, beta: floats([0.3]), weights: noise([R], 3) };
  const even = { even: true };
  return [
    of(vocabularyLossKernel, inputs, attributes, 'vocabularyLoss'),
    of(
      vocabularyLossGradientKernel,
      { ...inputs, stats, dlosses: noise([2, R], 4) },
      attributes,
      'vocabularyLossGradient',
    ),
    of(divergenceKernel, between, even, 'divergence'),
    of(
      divergenceGradientKernel,
      { ...between, stats: given(divergenceKernel, between, even, 1), dlosses: noise([R], 4) },
      even,
      'divergenceGradient',
    ),
  ];
}

function relationCases(): Case[] {
  const [heads, k] = [3, 10];
  const [x, attributes] = [noise([B * L, heads * k], 1, 2), { heads, length: L }];
  const [student, teacher, dscores] = [2, 3, 4].map((seed) => noise([heads, B, L, L], seed, 5));
  return [
    of(relationsKernel, { x }, attributes, 'relations'),
    of(relationsGradientKernel, { dscores, x }, attributes, 'relationsGradient'),
    of(relationLossKernel, { student, teacher, mask }, { heads, headsFirst: true }, 'relationLoss'),
  ];
}

function targetCases(): Case[] {
  const [R, V] = [37, 501];
  const teacher = noise([R, V], 1, 9);
  const gold = whole(repeatingIds(R, V));
  const inputs = { teacher, temperature: floats([1.7]), gold };
  // Word j gets the logit of word V - 1 - j, so that this is its own inverse.
  const mirrored = (words: Int32Array) => whole(words.map((word) => V - 1 - word));
  const permutation = mirrored(Int32Array.from({ length: V }, (_, v) => v));
  const goldPreimages = mirrored(Int32Array.from(gold.values));
  return [
    of(controlTargetsKernel, inputs, { keep: 'gold' }, 'controlTargets'),
    of(controlTargetsKernel, inputs, { keep: 'entropy' }, 'controlTargets'),
    of(shuffledTargetsKernel, { teacher, permutation, gold, goldPreimages }, {}, 'shuffledTargets'),
    of(topTargetsKernel, { teacher, count: floats([20]) }, {}, 'topTargets'),
  ];
}

function rowCases(): Case[] {
  const [R, d] = [300, 150];
  const [x, y, gain, bias] = [noise([R, d], 1), noise([R, d], 2), noise([d], 3), noise([d], 4)];
  const attributes = { epsilon: 1e-12 };
  const moments = given(layerNormKernel, { x, gain, bias }, attributes, 1);
  const weights = noise([R], 5);
  const dlosses = noise([R], 6);
  const mask = noise([20, d], 7);
  return [
    of(layerNormKernel, { x, gain, bias }, attributes, 'layerNorm'),
    of(layerNormGradientKernel, { dy: y, x, gain, moments }, {}, 'layerNormGradient'),
    of(cosineLossKernel, { student: x, teacher: y, weights }, {}, 'cosineLoss'),
    of(cosineLossGradientKernel, { dlosses, student: x, teacher: y, weights }, {}, 'cosineLossGradient'),
    of(squaredErrorKernel, { a: x, b: y, mask }, {}, 'squaredError'),
    of(squaredErrorGradientKernel, { drows: dlosses, a: x, b: y, mask }, {}, 'squaredErrorGradient'),
    of(dropoutKernel, { seed: whole([7]), x, residual: y }, { rate: 0.2, place: 3, count: 0 }, 'dropout'),
    of(dropoutKernel, { seed: whole([7]) }, { rate: 0.2, place: 3, count: 100_003 }, 'dropout'),
    of(geluGradientKernel, { dy: x, preactivation: y }, {}, 'geluGradient'),
  ];
}

function embeddingCases(): Case[] {
  const [N, L, V, P, d] = [1001, 11, 130, 17, 150];
  const ids = repeatingIds(N, V);
  const inputs = {
    ids: whole(ids),
    tokens: noise([V, d], 1),
    positions: noise([P, d], 2),
    types: noise([2, d], 3),
  };
  const dy = noise([N, d], 4);
  const attributes = { length: L, positionRows: P, types: true };
  const segments = segmentsOf(N, L);
  const pairs = { ...indexOf(ids, V), ...segmentIndex(segments) };
  return [
    of(embeddingKernel, inputs, { length: L }, 'embedding'),
    of(embeddingKernel, { ...inputs, segments: whole(segments) }, { length: L }, 'embedding'),
    of(embeddingGradientKernel, { dy, ...pairs }, attributes, 'positionGradient'),
    of(embeddingGradientKernel, { dy, ...indexOf(ids, V) }, attributes, 'segmentSum', 'positionGradient'),
  ];
}

function optimiserCases(): Case[] {
  const P = 70_001;
  const positive = (input: Input): Input => ({
    ...input,
    values: input.values.map(Math.abs) as Float32Array,
  });
  const norms = positive(noise([256], 5));
  const inputs = {
    parameters: noise([P], 1),
    moments: positive(noise([2, P], 2)),
    gradients: noise([P], 3),
    norms,
    decay: floats(Array.from({ length: Math.ceil(P / 64) }, (_, i) => i % 3)),
    hyper: floats([1e-3, 0.9, 0.98, 1e-6, 0.01, 0.4, 0.2, 5, 0.5, 2]),
    report: noise([4], 6),
    ring: noise([8, 5], 7),
  };
  const sum = { sum: noise([150_001], 1), value: noise([150_001], 2), first: floats([0]) };
  return [
    of(squaredNormKernel, { x: noise([150_001], 1) }, {}, 'squaredNorm'),
    of(adamWKernel, inputs, {}, 'adamW'),
    of(accumulateKernel, sum, {}, 'accumulate'),
  ];
}

const cases = [
  productCases,
  attentionCases,
  vocabularyCases,
  logitCases,
  relationCases,
  targetCases,
  rowCases,
  embeddingCases,
  optimiserCases,
].flatMap((make) => make());

/**
 * A team of so many threads of which only this one is there, and how often it called each export. No work is too little
 * for it. Of one thread: the usual one, which cuts nothing.
 */
async function lonelyTeam(threads: number) {
  const counts: Record<string, number> = {};
  const team = await loadWasmKernels(async (module, memory, heap) => {
    const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
    const counted = Object.entries(exports as WasmModule).map(([name, call]) => {
      const counting = (...parameters: number[]) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return (call as (...parameters: number[]) => number | undefined)(...parameters);
      };
      return [name, counting];
    });
    const board = new SharedArrayBuffer(boardBytes);
    const crew = threads > 1 ? { board, threads, maySleep: false, leastWork: 0 } : null;
    return new Team(Object.fromEntries(counted) as WasmModule, heap, crew);
  });
  return { team: team!, counts };
}

/** All that a kernel leaves: its outputs, and its inputs, which some write to. */
function resultsOf({ kernel, inputs, attributes }: Case, team: Team): Float32Array[] {
  const tensors = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values }]) => [
      name,
      tf.tensor(values.slice(), [...shape], values instanceof Int32Array ? 'int32' : 'float32'),
    ]),
  );
  const backend = tf.backend();
  const { kernelFunc } = wasmKernel(kernel, team);
  const outputs = kernelFunc({ inputs: tensors, attrs: attributes as never, backend }) as tf.TensorInfo[];
  const all = [...outputs, ...Object.values(tensors)];
  const values = all.map(({ dataId }) => (backend.readSync(dataId) as Float32Array).slice());
  for (const { dataId } of outputs) backend.disposeData(dataId);
  tf.dispose(tensors);
  return values;
}

export const describeTeam = () =>
  describeOn('wasm', 'work in parts', () => {
    describe.each(cases)('$kernel.name', (each) => {
      it.each([2, 3, 7])('leaves the same bits, whole and for %i threads', async (threads) => {
        const alone = await lonelyTeam(1);
        const shared = await lonelyTeam(threads);
        const expected = resultsOf(each, alone.team);
        expect(resultsOf(each, shared.team)).toEqual(expected);
        for (const name of each.calls) {
          expect(alone.counts[name], name).toBe(1);
          expect(shared.counts[name], name).toBeGreaterThanOrEqual(Math.min(threads, 4));
        }
      });
    });

    it('every export that takes a range is among them', () => {
      const named = new Set(cases.flatMap(({ calls }) => calls));
      // As many as there are ranges in wasmModule.ts.
      const all: Record<keyof RangedCalls, true> = {
        accumulate: true,
        adamW: true,
        attention: true,
        attentionGradient: true,
        controlTargets: true,
        cosineLoss: true,
        cosineLossGradient: true,
        divergence: true,
        divergenceGradient: true,
        decoupledLoss: true,
        decoupledLossGradient: true,
        dropout: true,
        embedding: true,
        geluGradient: true,
        layerNorm: true,
        layerNormGradient: true,
        logitDistance: true,
        logitDistanceGradient: true,
        matMul: true,
        positionGradient: true,
        relationLoss: true,
        relations: true,
        relationsGradient: true,
        segmentSum: true,
        shuffledTargets: true,
        squaredError: true,
        squaredErrorGradient: true,
        squaredNorm: true,
        standardisedLoss: true,
        standardisedLossGradient: true,
        topTargets: true,
        vocabularyLoss: true,
        vocabularyLossGradient: true,
      };
      expect([...named].sort()).toEqual(Object.keys(all).sort());
    });
  });
