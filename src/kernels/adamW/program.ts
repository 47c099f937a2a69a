/** The optimiser on the GPU: the norm's parts, then one pass over all parameters; and the sum of gradients. */
import { type Binding, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, flatLayout, folded, inCells, mainWgsl, rowLayout } from '../backends/rowwise';
import type { Attributes, Shapes } from '../kernel';
import { hyperIndex, hyperNames } from './hyper';
import { decayBlock, normParts, partLength } from './reference';

export function squaredNormPrograms(
  { x: [P] }: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const layout = rowLayout(normParts, traits, { stages: 1, lanes: 64 });
  const cellsPerPart = (partLength(P) * cellsIn(P)) / P;
  return [
    {
      label: 'squaredNorm',
      bindings: [...inCells(P, 'x'), { name: 'out0' }],
      uniforms: { cells: u32(cellsIn(P)), cellsPerPart: u32(cellsPerPart) },
      code: `${cellWgsl(P)} ${layout.wgsl} ${layout.main}
        var squares = Cell();
        let end = min(u.cells, (row + 1u) * u.cellsPerPart);
        for (var c = row * u.cellsPerPart + lane; c < end; c += lanes) { squares += x[c] * x[c]; }
        let part = rowSum(0, local, total(squares));
        if (lane == 0u) { out0[row] = part; }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

const inPlace = (bindings: Binding[]): Binding[] =>
  bindings.map((binding) => ({ ...binding, access: 'read_write' }));

/**
 * Every workgroup adds up the parts of the norm itself, all in one order: 16 invocations 16 parts each. On an emulated
 * GPU invocations take many cells each, so that there are few of those sums.
 */
export function adamWPrograms(
  { parameters: [P], report: [W] }: Shapes,
  _attributes: Attributes,
  { software }: GpuTraits,
): GpuProgram[] {
  const size = software ? 16 : 256;
  const run = software ? 64 : 1;
  return [
    {
      label: 'adamW',
      bindings: [
        ...inPlace(inCells(P, 'parameters', 'moments')),
        ...inCells(P, 'gradients'),
        ...inCells(normParts, 'norms'),
        { name: 'decay' },
        { name: 'hyper' },
        { name: 'report' },
        ...inPlace([{ name: 'ring' }]),
      ],
      uniforms: { cells: u32(cellsIn(P)), reported: u32(W) },
      code: `
        ${hyperNames.map((name) => `const ${name} = ${hyperIndex[name]}u;`).join(' ')}
        var<workgroup> parts: array<f32, 16>;
        ${mainWgsl(size)}
        if (local < 16u) {
          let part = norms[4u * local] + norms[4u * local + 1u] + norms[4u * local + 2u] + norms[4u * local + 3u];
          parts[local] = dot(part, vec4<f32>(1.0));
        }
        workgroupBarrier();
        var squared = 0.0;
        for (var i = 0u; i < 16u; i++) { squared += parts[i]; }
        let norm = hyper[gradientScale] * sqrt(squared);
        let scale = hyper[gradientScale] * min(1.0, hyper[clipNorm] / (norm + 1e-6));
        let b1 = hyper[beta1];
        let b2 = hyper[beta2];
        let kept = 1.0 - hyper[learningRate] * hyper[weightDecay];
        let rate = hyper[learningRate] / hyper[correction1];
        let perV = 1.0 / hyper[correction2];
        let eps = hyper[epsilon];
        for (var i = 0u; i < ${run}u; i++) {
          let c = (group * ${size}u + local) * ${run}u + i;
          if (c >= u.cells) { break; }
          let kind = decay[c / ${decayBlock / 4}u];
          if (kind == 0.0) { continue; }
          let g = gradients[c] * scale;
          let m = b1 * moments[c] + (1.0 - b1) * g;
          let v = b2 * moments[u.cells + c] + (1.0 - b2) * g * g;
          moments[c] = m;
          moments[u.cells + c] = v;
          parameters[c] = parameters[c] * select(1.0, kept, kind == 2.0) - rate * m / (sqrt(v * perV) + eps);
        }
        if (group == 0u && local == 0u) {
          let slotStart = u32(hyper[slot]) * (u.reported + 1u);
          for (var w = 0u; w < u.reported; w++) { ring[slotStart + w] = report[w] * hyper[gradientScale]; }
          ring[slotStart + u.reported] = norm;
        }
      }`,
      workgroups: folded(Math.ceil(cellsIn(P) / (size * run))),
    },
  ];
}

export function accumulatePrograms(
  { sum: [n] }: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const count = cellsIn(n);
  const layout = flatLayout(count, traits);
  return [
    {
      label: 'accumulate',
      bindings: [...inPlace(inCells(n, 'sum')), ...inCells(n, 'value'), { name: 'first' }],
      uniforms: { count: u32(count) },
      code: `${layout.main}
        sum[i] = select(sum[i] + value[i], value[i], first[0] != 0.0);
      }}`,
      workgroups: layout.workgroups,
    },
  ];
}
