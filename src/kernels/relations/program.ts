/** Relations of tokens on the GPU and their gradient, a dispatch each. */
import { type Binding, f32, type GpuProgram, u32 } from '../backends/gpuProgram';
import { cellOf, cellsIn, flatLayout } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import { type RelationAttributes, relationSizes } from './reference';

type ProgramsOf = FusedKernel<RelationAttributes>['gpu'];

/** What both programs know: a head's columns are read in parts, the widest vectors that divide them. */
function common(
  shapes: Parameters<ProgramsOf>[0],
  attributes: RelationAttributes,
): { inParts: (...names: string[]) => Binding[]; uniforms: GpuProgram['uniforms']; wgsl: string } {
  const { batch, columns, headSize, scale } = relationSizes(shapes, attributes);
  const width = [4, 2, 1].find((width) => headSize % width === 0)!;
  const type = ({ 4: 'vec4<f32>', 2: 'vec2<f32>', 1: 'f32' } as const)[width as 4 | 2 | 1];
  return {
    inParts: (...names) => names.map((name) => ({ name, type })),
    uniforms: {
      batch: u32(batch),
      length: u32(attributes.length),
      rowParts: u32(columns / width),
      headParts: u32(headSize / width),
      scale: f32(scale),
    },
    wgsl: `
      alias Part = ${type};
      fn inner(a: Part, b: Part) -> f32 { return ${width === 1 ? 'a * b' : 'dot(a, b)'}; }`,
  };
}

/** An invocation takes a token's products with four others, or with one. */
export const relationsPrograms: ProgramsOf = (shapes, attributes, traits) => {
  const { inParts, uniforms, wgsl } = common(shapes, attributes);
  const { heads, length } = attributes;
  const cell = cellOf(length);
  const count = heads * shapes.x[0] * cellsIn(length);
  const layout = flatLayout(count, traits);
  const others = cell === 'f32' ? [0] : [0, 1, 2, 3];
  return [
    {
      label: 'relations',
      bindings: [...inParts('x'), { name: 'out0', type: cell }],
      uniforms: { ...uniforms, cells: u32(cellsIn(length)), count: u32(count) },
      code: `${wgsl} ${layout.main}
        let row = i / u.cells;
        let matrix = row / u.length;
        let first = matrix % u.batch * u.length;
        let column = matrix / u.batch * u.headParts;
        let a = (first + row % u.length) * u.rowParts + column;
        let b = (first + i % u.cells * ${others.length}u) * u.rowParts + column;
        var sum = ${cell}();
        for (var c = 0u; c < u.headParts; c++) {
          let own = x[a + c];
          sum += ${cell}(${others.map((n) => `inner(own, x[b + ${n}u * u.rowParts + c])`).join(', ')});
        }
        out0[i] = u.scale * sum;
      }}`,
      workgroups: layout.workgroups,
    },
  ];
};

/** An invocation takes a part of a token's vector. */
export const relationsGradientPrograms: ProgramsOf = (shapes, attributes, traits) => {
  const { inParts, uniforms, wgsl } = common(shapes, attributes);
  const count = shapes.x[0] * uniforms.rowParts.value;
  const layout = flatLayout(count, traits);
  return [
    {
      label: 'relationsGradient',
      bindings: [{ name: 'dscores' }, ...inParts('x', 'out0')],
      uniforms: { ...uniforms, count: u32(count) },
      code: `${wgsl} ${layout.main}
        let L = u.length;
        let token = i / u.rowParts;
        let part = i % u.rowParts;
        let first = token / L * L;
        let square = (part / u.headParts * u.batch + token / L) * L * L;
        let row = square + token % L * L;
        let column = square + token % L;
        var sum = Part();
        for (var j = 0u; j < L; j++) {
          sum += (dscores[row + j] + dscores[column + j * L]) * x[(first + j) * u.rowParts + part];
        }
        out0[i] = u.scale * sum;
      }}`,
      workgroups: layout.workgroups,
    },
  ];
};
