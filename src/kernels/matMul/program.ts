import { type GpuProgram, u32 } from '../backends/gpuProgram';
import { flatLayout } from '../backends/rowwise';
import { type FusedKernel, sizeOf } from '../kernel';
import { geluWgsl } from './geluWgsl';
import { planOf } from './plan';
import type { MatMulAttributes } from './reference';
import { matMulVariants, programOf, sizeClass } from './variants';

export const matMulPrograms: FusedKernel<MatMulAttributes>['gpu'] = (shapes, attributes, traits) => {
  const plan = planOf(shapes, attributes);
  return [programOf(plan, matMulVariants(traits)[sizeClass(plan.sizes)])];
};

export const geluGradientPrograms: FusedKernel['gpu'] = ({ dy }, _attributes, traits): GpuProgram[] => {
  const quads = sizeOf(dy) % 4 === 0;
  const count = quads ? sizeOf(dy) / 4 : sizeOf(dy);
  const type = quads ? ('vec4<f32>' as const) : ('f32' as const);
  const { main, workgroups } = flatLayout(count, traits);
  return [
    {
      label: 'geluGradient',
      bindings: ['dy', 'preactivation', 'out0'].map((name) => ({ name, type })),
      uniforms: { count: u32(count) },
      workgroups,
      code: `${geluWgsl}
        ${main} out0[i] = dy[i] * geluSlope(vec4<f32>(preactivation[i]))${quads ? '' : '.x'}; } }`,
    },
  ];
};
