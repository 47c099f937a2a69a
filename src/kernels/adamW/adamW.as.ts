// AdamW in place, and the sums that it needs; what they are is in reference.ts.
import { loadOne, madd, storeOne, sum, sumOfLanes } from '../backends/simd.as';

const normParts: i32 = 256;
const decayBlock: i32 = 64;

/** partials [256]: part i is the sum of squares of x[i c .. (i + 1) c], c = 4 ceil(n / 1024); parts `from` to `to`. */
export function squaredNorm(x: usize, partials: usize, n: i32, from: i32, to: i32): void {
  const part = 4 * ((n + 4 * normParts - 1) / (4 * normParts));
  x += 4 * min(from * part, n);
  partials += 4 * from;
  for (let i = from; i < to; i++, partials += 4) {
    let left = max(min(part, n - i * part), 0);
    let even = f32x4.splat(0);
    let odd = f32x4.splat(0);
    for (; left >= 8; left -= 8, x += 32) {
      const a = v128.load(x);
      const b = v128.load(x, 16);
      even = madd(a, a, even);
      odd = madd(b, b, odd);
    }
    for (; left > 0; left--, x += 4) {
      const a = loadOne(x);
      even = madd(a, a, even);
    }
    store<f32>(partials, sumOfLanes(f32x4.add(even, odd)));
  }
}

/** Places in `hyper`, as in hyper.ts. */
@inline
function learningRate(hyper: usize): f32 { return load<f32>(hyper); }
@inline
function weightDecay(hyper: usize): f32 { return load<f32>(hyper, 16); }
@inline
function clipNorm(hyper: usize): f32 { return load<f32>(hyper, 28); }
@inline
function gradientScale(hyper: usize): f32 { return load<f32>(hyper, 32); }
@inline
function slot(hyper: usize): i32 { return <i32>load<f32>(hyper, 36); }

/**
 * parameters [n] and moments [2, n] become those after the update; row `slot` of the ring becomes report and norm. Does
 * blocks `fromBlock` to `toBlock` of 64 parameters, and with the first of them the ring.
 */
export function adamW(
  parameters: usize,
  moments: usize,
  gradients: usize,
  norms: usize,
  decay: usize,
  hyper: usize,
  report: usize,
  ring: usize,
  n: i32,
  reportLength: i32,
  fromBlock: i32,
  toBlock: i32,
): void {
  const norm = gradientScale(hyper) * sqrt<f32>(sum(norms, normParts));
  const scale = gradientScale(hyper) * min<f32>(1, clipNorm(hyper) / (norm + 1e-6));
  const kept: f32 = 1 - learningRate(hyper) * weightDecay(hyper);
  const v = moments + 4 * n;
  for (let block = fromBlock; block < toBlock; block++) {
    const kind = load<f32>(decay + 4 * block);
    if (kind == 0) continue;
    const at = 4 * block * decayBlock;
    const size = min(decayBlock, n - block * decayBlock);
    update(parameters + at, moments + at, v + at, gradients + at, size, scale, kind == 2 ? kept : 1, hyper);
  }
  if (fromBlock > 0) return;
  const row = ring + 4 * slot(hyper) * (reportLength + 1);
  for (let at = 0; at < 4 * reportLength; at += 4) {
    store<f32>(row + at, load<f32>(report + at) * gradientScale(hyper));
  }
  store<f32>(row + 4 * reportLength, norm);
}

/** One block of parameters, which weight decay scales by `kept`. */
function update(
  parameters: usize,
  m: usize,
  v: usize,
  gradients: usize,
  n: i32,
  gradientFactor: f32,
  keptFactor: f32,
  hyper: usize,
): void {
  const scale = f32x4.splat(gradientFactor);
  const kept = f32x4.splat(keptFactor);
  const beta1 = v128.load_splat<f32>(hyper, 4);
  const beta2 = v128.load_splat<f32>(hyper, 8);
  const epsilon = v128.load_splat<f32>(hyper, 12);
  const other1 = f32x4.sub(f32x4.splat(1), beta1);
  const other2 = f32x4.sub(f32x4.splat(1), beta2);
  const step = f32x4.splat(learningRate(hyper) / load<f32>(hyper, 20));
  const correction2 = f32x4.splat(1 / load<f32>(hyper, 24));
  for (; n >= 4; n -= 4, parameters += 16, m += 16, v += 16, gradients += 16) {
    const g = f32x4.mul(v128.load(gradients), scale);
    const newM = madd(beta1, v128.load(m), f32x4.mul(other1, g));
    const newV = madd(beta2, v128.load(v), f32x4.mul(other2, f32x4.mul(g, g)));
    v128.store(m, newM);
    v128.store(v, newV);
    const deviation = f32x4.add(f32x4.sqrt(f32x4.mul(newV, correction2)), epsilon);
    const change = f32x4.div(f32x4.mul(step, newM), deviation);
    v128.store(parameters, f32x4.sub(f32x4.mul(kept, v128.load(parameters)), change));
  }
  for (; n > 0; n--, parameters += 4, m += 4, v += 4, gradients += 4) {
    const g = f32x4.mul(loadOne(gradients), scale);
    const newM = madd(beta1, loadOne(m), f32x4.mul(other1, g));
    const newV = madd(beta2, loadOne(v), f32x4.mul(other2, f32x4.mul(g, g)));
    storeOne(m, newM);
    storeOne(v, newV);
    const deviation = f32x4.add(f32x4.sqrt(f32x4.mul(newV, correction2)), epsilon);
    const change = f32x4.div(f32x4.mul(step, newM), deviation);
    storeOne(parameters, f32x4.sub(f32x4.mul(kept, loadOne(parameters)), change));
  }
}

/** sum becomes value where first[0] isn't 0, sum + value otherwise; numbers `from` to `to`. */
export function accumulate(sum: usize, value: usize, first: usize, from: i32, to: i32): void {
  let n = to - from;
  sum += 4 * from;
  value += 4 * from;
  const keep = f32x4.eq(v128.load_splat<f32>(first), f32x4.splat(0));
  for (; n >= 4; n -= 4, sum += 16, value += 16) {
    v128.store(sum, f32x4.add(v128.and(v128.load(sum), keep), v128.load(value)));
  }
  for (; n > 0; n--, sum += 4, value += 4) {
    storeOne(sum, f32x4.add(v128.and(loadOne(sum), keep), loadOne(value)));
  }
}
