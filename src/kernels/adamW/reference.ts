/** The plain form of an AdamW update (Loshchilov and Hutter 2019, algorithm 2), as torch.optim.AdamW computes it. */
import type { FusedKernel } from '../kernel';
import { type HyperName, hyperIndex } from './hyper';

type Reference = FusedKernel['reference'];
type Mutable = Record<string, Float32Array | Float64Array>;

/** Into how many sums the squares are split. */
export const normParts = 256;
/** How many parameters share an entry of `decay`. */
export const decayBlock = 64;

/** Numbers in each part but the last ones of an [P]: whole vec4s. */
export const partLength = (P: number) => 4 * Math.ceil(P / (4 * normParts));

/** x [P] -> [256], part i the sum of the squares of x[i·c .. (i + 1)·c], c = partLength(P). */
export const squaredNormReference: Reference = ({ x }, shapes, _attributes, [parts]) => {
  const [P] = shapes.x;
  const length = partLength(P);
  for (let part = 0; part < normParts; part++) {
    let sum = 0;
    for (let i = part * length; i < Math.min(P, (part + 1) * length); i++) sum += x[i] ** 2;
    parts[part] = sum;
  }
};

/**
 * In place: parameters θ [P], moments [2, P] (m, then v), ring [slots, W + 1]. Read: gradients [P], norms [256] (parts
 * of their squared norm), decay [P/64] (per block of 64: 0 untouched, 1 updated without decay, 2 with decay), hyper
 * (hyper.ts), report [W].
 * g = gradient·gradientScale, clipped to the global norm clipNorm as torch.nn.utils.clip_grad_norm_ does;
 * m ← β1 m + (1 - β1) g, v ← β2 v + (1 - β2) g², θ ← θ (1 - η λ) - η m̂/(√v̂ + ε); ring[slot] = report·gradientScale, norm.
 */
export const adamWReference: Reference = (inputs, shapes) => {
  const { gradients, norms, decay, hyper, report } = inputs;
  const { parameters, moments, ring } = inputs as Mutable;
  const [P] = shapes.parameters;
  const [W] = shapes.report;
  const get = (name: HyperName) => hyper[hyperIndex[name]];
  const [learningRate, beta1, beta2] = [get('learningRate'), get('beta1'), get('beta2')];
  const gradientScale = get('gradientScale');

  let squared = 0;
  for (let part = 0; part < normParts; part++) squared += norms[part];
  const norm = gradientScale * Math.sqrt(squared);
  const scale = gradientScale * Math.min(1, get('clipNorm') / (norm + 1e-6));

  for (let i = 0; i < P; i++) {
    const kind = decay[Math.floor(i / decayBlock)];
    if (kind === 0) continue;
    const g = gradients[i] * scale;
    moments[i] = beta1 * moments[i] + (1 - beta1) * g;
    moments[P + i] = beta2 * moments[P + i] + (1 - beta2) * g * g;
    const m = moments[i] / get('correction1');
    const v = moments[P + i] / get('correction2');
    const kept = kind === 2 ? 1 - learningRate * get('weightDecay') : 1;
    parameters[i] = parameters[i] * kept - (learningRate * m) / (Math.sqrt(v) + get('epsilon'));
  }

  const row = get('slot') * (W + 1);
  for (let w = 0; w < W; w++) ring[row + w] = report[w] * gradientScale;
  ring[row + W] = norm;
};

/** In place: sum [n] ← value [n] if first [1] is not 0, sum + value otherwise. */
export const accumulateReference: Reference = (inputs, shapes) => {
  const { value, first } = inputs;
  const { sum } = inputs as Mutable;
  for (let i = 0; i < shapes.sum[0]; i++) sum[i] = first[0] !== 0 ? value[i] : sum[i] + value[i];
};
