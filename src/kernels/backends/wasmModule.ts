/**
 * What the WebAssembly of the fused kernels exports; written in AssemblyScript in `*.as.ts` beside
 * each kernel and listed in wasmModule.as.ts.
 *
 * All parameters are numbers: byte addresses on tfjs's heap (0: absent), sizes in elements, or scalars. The module
 * owns no memory, so every buffer, scratch included, comes from the caller.
 */
import type { LogitCalls } from './wasmLogits';

/** Exports that are called as they are, for little work. */
export type WholeCalls = {
  /** Bytes of scratch that `matMul` takes. */
  productScratch: (n: number, k: number) => number;
  /** Bytes of scratch that `attention`, `relations` and their gradients take. */
  attentionScratch: (length: number, headSize: number) => number;
  /** sums [columns] of x [rows, columns]. */
  columnSums: (x: number, sums: number, rows: number, columns: number) => void;
  /** Adds the sum of `n` rows to report[1 + term], and that times weights[term] to total and to report[0]. */
  objectiveTerm: (
    rows: number,
    n: number,
    weights: number,
    term: number,
    total: number,
    report: number,
  ) => void;
  /** drows [n] = dtotal weights[term]. */
  objectiveTermGradient: (dtotal: number, weights: number, term: number, drows: number, n: number) => void;
  /** n elements become `value`. */
  fill: (at: number, n: number, value: number) => void;
};

/**
 * Exports that do a range of their work and may run on several threads at once. After these parameters follow the
 * range's ends, `from` and `to`, and where an export takes scratch, that of the calling thread. A number of the result is
 * computed within one range, in an order that no cut changes: the bits are the same however the work is cut.
 */
export type RangedCalls = LogitCalls & {
  /** c [m, n] = epilogue(op(a) op(b)), op(a) [m, k]; a range of rows, or of columns. See matMul/product.as.ts. */
  matMul: [
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: number,
    transposeB: number,
    bias: number,
    activation: number,
    residual: number,
    residualSign: number,
    preactivation: number,
    kept: number,
    rowSums: number,
    byColumns: number,
  ];
  /** dx = dy gelu'(preactivation). */
  geluGradient: [dy: number, preactivation: number, dx: number];
  layerNorm: [x: number, gain: number, bias: number, y: number, moments: number, d: number, epsilon: number];
  /** dx, and of each block of rows its part of dgain and dbias, [blocks, d] each; a range of blocks. */
  layerNormGradient: [
    dy: number,
    x: number,
    gain: number,
    moments: number,
    dx: number,
    gainParts: number,
    biasParts: number,
    rows: number,
    rowsPerBlock: number,
    d: number,
  ];
  /** A range of the batch · heads matrices. */
  attention: [
    qkv: number,
    mask: number,
    factors: number,
    context: number,
    probabilities: number,
    scores: number,
    length: number,
    d: number,
    heads: number,
  ];
  attentionGradient: [
    dcontext: number,
    qkv: number,
    probabilities: number,
    dscores: number,
    factors: number,
    dqkv: number,
    length: number,
    d: number,
    heads: number,
  ];
  /** A range of quads of numbers. */
  dropout: [
    seed: number,
    x: number,
    residual: number,
    y: number,
    n: number,
    place: number,
    threshold: number,
    scale: number,
  ];
  embedding: [
    ids: number,
    tokens: number,
    positions: number,
    types: number,
    segments: number,
    y: number,
    d: number,
    length: number,
  ];
  /** dpositions [positionRows, d] from dy [n, d], zero from row `length` on; a range of columns. */
  positionGradient: [
    dy: number,
    dpositions: number,
    n: number,
    d: number,
    length: number,
    positionRows: number,
  ];
  /** A range of columns: rows are read very differently often. */
  segmentSum: [values: number, order: number, offsets: number, sums: number, rows: number, d: number];
  /** A range of the heads · batch matrices. */
  relations: [x: number, scores: number, length: number, headSize: number, heads: number, batch: number];
  relationsGradient: [
    dscores: number,
    x: number,
    dx: number,
    length: number,
    headSize: number,
    heads: number,
    batch: number,
  ];
  /** A range of the matrices. */
  relationLoss: [
    student: number,
    teacher: number,
    mask: number,
    rows: number,
    slopes: number,
    length: number,
    batch: number,
    heads: number,
    headsFirst: number,
  ];
  cosineLoss: [student: number, teacher: number, weights: number, losses: number, d: number];
  cosineLossGradient: [
    dlosses: number,
    student: number,
    teacher: number,
    weights: number,
    dstudent: number,
    d: number,
  ];
  squaredError: [
    a: number,
    b: number,
    mask: number,
    errors: number,
    rows: number,
    columns: number,
    maskRows: number,
  ];
  squaredErrorGradient: [
    drows: number,
    a: number,
    b: number,
    mask: number,
    da: number,
    rows: number,
    columns: number,
    maskRows: number,
  ];
  /** A range of the 256 partial sums. */
  squaredNorm: [x: number, partials: number, n: number];
  /** A range of blocks of 64 parameters. */
  adamW: [
    parameters: number,
    moments: number,
    gradients: number,
    norms: number,
    decay: number,
    hyper: number,
    report: number,
    ring: number,
    n: number,
    reportLength: number,
  ];
  accumulate: [sum: number, value: number, first: number];
};

export type WasmModule = WholeCalls & { [K in keyof RangedCalls]: (...parameters: number[]) => void };
