/**
 * What the WebAssembly of the fused kernels exports; written in AssemblyScript in `*.as.ts` beside
 * each kernel and listed in wasmModule.as.ts.
 *
 * All parameters are numbers: byte addresses on tfjs's heap (0: absent), sizes in elements, or scalars. The module
 * owns no memory, so every buffer, scratch included, comes from the caller.
 */
export type WasmModule = {
  /** Bytes of scratch that `matMul` takes. */
  productScratch: (n: number, k: number) => number;
  /** c [m, n] = epilogue(op(a) op(b)), op(a) [m, k]; see matMul/product.as.ts. */
  matMul: (
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
    scratch: number,
  ) => void;
  /** dx = dy gelu'(preactivation), n elements. */
  geluGradient: (dy: number, preactivation: number, dx: number, n: number) => void;
  layerNorm: (
    x: number,
    gain: number,
    bias: number,
    y: number,
    moments: number,
    rows: number,
    d: number,
    epsilon: number,
  ) => void;
  layerNormGradient: (
    dy: number,
    x: number,
    gain: number,
    moments: number,
    dx: number,
    dgain: number,
    dbias: number,
    rows: number,
    d: number,
  ) => void;
  /** Bytes of scratch that `attention` and `attentionGradient` take. */
  attentionScratch: (length: number, headSize: number) => number;
  attention: (
    qkv: number,
    mask: number,
    context: number,
    probabilities: number,
    scores: number,
    batch: number,
    length: number,
    d: number,
    heads: number,
    scratch: number,
  ) => void;
  attentionGradient: (
    dcontext: number,
    qkv: number,
    probabilities: number,
    dscores: number,
    dqkv: number,
    batch: number,
    length: number,
    d: number,
    heads: number,
    scratch: number,
  ) => void;
  embedding: (
    ids: number,
    tokens: number,
    positions: number,
    types: number,
    y: number,
    n: number,
    d: number,
    length: number,
  ) => void;
  /** dpositions [positionRows, d] from dy [n, d]; zero from row `length` on. */
  positionGradient: (
    dy: number,
    dpositions: number,
    n: number,
    d: number,
    length: number,
    positionRows: number,
  ) => void;
  /** sums [columns] of x [rows, columns]. */
  columnSums: (x: number, sums: number, rows: number, columns: number) => void;
  segmentSum: (values: number, order: number, offsets: number, sums: number, rows: number, d: number) => void;
  vocabularyLoss: (
    student: number,
    teacher: number,
    temperature: number,
    labels: number,
    weights: number,
    losses: number,
    stats: number,
    rows: number,
    vocabulary: number,
  ) => void;
  vocabularyLossGradient: (
    dlosses: number,
    student: number,
    teacher: number,
    temperature: number,
    labels: number,
    weights: number,
    stats: number,
    dstudent: number,
    rows: number,
    vocabulary: number,
  ) => void;
  cosineLoss: (
    student: number,
    teacher: number,
    weights: number,
    losses: number,
    rows: number,
    d: number,
  ) => void;
  cosineLossGradient: (
    dlosses: number,
    student: number,
    teacher: number,
    weights: number,
    dstudent: number,
    rows: number,
    d: number,
  ) => void;
  squaredError: (
    a: number,
    b: number,
    mask: number,
    errors: number,
    rows: number,
    columns: number,
    maskRows: number,
  ) => void;
  squaredErrorGradient: (
    drows: number,
    a: number,
    b: number,
    mask: number,
    da: number,
    rows: number,
    columns: number,
    maskRows: number,
  ) => void;
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
  squaredNorm: (x: number, partials: number, n: number) => void;
  adamW: (
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
  ) => void;
  accumulate: (sum: number, value: number, first: number, n: number) => void;
  /** n elements become `value`. */
  fill: (at: number, n: number, value: number) => void;
};
