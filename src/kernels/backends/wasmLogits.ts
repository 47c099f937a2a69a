/**
 * The ranged exports (wasmModule.ts) that go over rows of logits: losses and their gradients, and targets in place of the
 * teacher's. A range of rows.
 */
export type LogitCalls = {
  vocabularyLoss: [
    student: number,
    teacher: number,
    temperature: number,
    labels: number,
    weights: number,
    losses: number,
    stats: number,
    slopes: number,
    rows: number,
    vocabulary: number,
    crossEntropy: number,
  ];
  vocabularyLossGradient: [
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
  ];
  divergence: [
    student: number,
    teacher: number,
    temperature: number,
    beta: number,
    weights: number,
    losses: number,
    stats: number,
    vocabulary: number,
    even: number,
  ];
  divergenceGradient: [
    dlosses: number,
    student: number,
    teacher: number,
    temperature: number,
    beta: number,
    weights: number,
    stats: number,
    dstudent: number,
    vocabulary: number,
    even: number,
  ];
  decoupledLoss: [
    student: number,
    teacher: number,
    temperature: number,
    gold: number,
    weights: number,
    losses: number,
    stats: number,
    rows: number,
    vocabulary: number,
  ];
  decoupledLossGradient: [
    dlosses: number,
    student: number,
    teacher: number,
    temperature: number,
    gold: number,
    weights: number,
    stats: number,
    dstudent: number,
    rows: number,
    vocabulary: number,
  ];
  standardisedLoss: [
    student: number,
    teacher: number,
    temperature: number,
    weights: number,
    losses: number,
    stats: number,
    vocabulary: number,
  ];
  standardisedLossGradient: [
    dlosses: number,
    student: number,
    teacher: number,
    temperature: number,
    weights: number,
    stats: number,
    dstudent: number,
    vocabulary: number,
  ];
  logitDistance: [
    student: number,
    teacher: number,
    scale: number,
    weights: number,
    distances: number,
    vocabulary: number,
  ];
  logitDistanceGradient: [
    ddistances: number,
    student: number,
    teacher: number,
    scale: number,
    weights: number,
    dstudent: number,
    vocabulary: number,
  ];
  controlTargets: [
    teacher: number,
    temperature: number,
    gold: number,
    targets: number,
    vocabulary: number,
    byEntropy: number,
  ];
  shuffledTargets: [
    teacher: number,
    permutation: number,
    gold: number,
    goldPreimages: number,
    targets: number,
    vocabulary: number,
  ];
  topTargets: [teacher: number, count: number, targets: number, vocabulary: number];
};
