/** Dropout on the GPU: one pass over the numbers, four at a time where they come in fours. */
import { f32, type GpuProgram, u32 } from '../backends/gpuProgram';
import { flatLayout } from '../backends/rowwise';
import { type FusedKernel, sizeOf } from '../kernel';
import { type DropoutAttributes, thresholdOf } from './reference';

const mixedWgsl = `
  fn mixed(x: vec4<u32>) -> vec4<u32> {
    var h = (x ^ (x >> vec4<u32>(16u))) * 0x7feb352du;
    h = (h ^ (h >> vec4<u32>(15u))) * 0x846ca68bu;
    return h ^ (h >> vec4<u32>(16u));
  }`;

export const dropoutPrograms: FusedKernel<DropoutAttributes>['gpu'] = (
  { x, residual },
  { rate, place, count },
  traits,
): GpuProgram[] => {
  const size = x ? sizeOf(x) : count;
  const quads = size % 4 === 0;
  const type = quads ? ('vec4<f32>' as const) : ('f32' as const);
  const cells = quads ? size / 4 : size;
  const { main, workgroups } = flatLayout(cells, traits);
  const named = [...(x ? ['x'] : []), ...(residual ? ['residual'] : []), 'out0'];
  return [
    {
      label: 'dropout',
      bindings: [{ name: 'seed', type: 'i32' }, ...named.map((name) => ({ name, type }))],
      uniforms: {
        count: u32(cells),
        place: u32(place),
        threshold: u32(thresholdOf(rate)),
        scale: f32(1 / (1 - rate)),
      },
      workgroups,
      code: `${mixedWgsl}
        ${main}
          let seeded = mixed(vec4<u32>(bitcast<u32>(seed[0])));
          let key = mixed(seeded ^ vec4<u32>((u.place + 1u) * 0x9e3779b9u));
          let index = ${quads ? '4u * i + vec4<u32>(0u, 1u, 2u, 3u)' : 'vec4<u32>(i)'};
          let draws = mixed(mixed(index) ^ key);
          let factors = select(vec4<f32>(u.scale), vec4<f32>(), draws < vec4<u32>(u.threshold));
          out0[i] = factors${quads ? '' : '.x'}${x ? ' * x[i]' : ''}${residual ? ' + residual[i]' : ''};
        }}`,
    },
  ];
};
