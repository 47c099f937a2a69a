/** The objective on the GPU: one workgroup adds up all losses, in an order that is always the same. */
import { type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellOf, cellsIn, flatLayout, mainWgsl } from '../backends/rowwise';
import type { Shapes } from '../kernel';
import { lengthsOf, termsOf } from './plan';
import type { ObjectiveAttributes, ObjectiveGradientAttributes } from './reference';

interface Input {
  name: string;
  /** The term of each of its rows. */
  terms: number[];
  /** Numbers in each of its rows. */
  n: number;
}

/** Inputs that fit beside the report, and beside the report, the weights and the total: eight bindings in all. */
const besideReport = 7;
const besideTotal = 5;

/** Every dispatch adds its inputs' sums to the report; the last one has the total too. */
export function objectivePrograms(
  shapes: Shapes,
  { plan }: ObjectiveAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  const inputs = termsOf(plan).map((terms, i) => {
    const name = `rows${i}`;
    return { name, terms, n: shapes[name].at(-1)! };
  });
  const programs: GpuProgram[] = [];
  while (inputs.length > besideTotal) {
    const some = inputs.splice(0, Math.min(besideReport, inputs.length - 1));
    programs.push(sums(some, shapes.weights[0], { isFirst: programs.length === 0, isLast: false }, traits));
  }
  programs.push(sums(inputs, shapes.weights[0], { isFirst: programs.length === 0, isLast: true }, traits));
  return programs;
}

function sums(
  inputs: Input[],
  K: number,
  { isFirst, isLast }: { isFirst: boolean; isLast: boolean },
  { software }: GpuTraits,
): GpuProgram {
  const threads = software ? 4 : 128;
  const rows = inputs.flatMap(({ name, terms, n }, input) =>
    terms.map((term, row) => ({ name, input, term, n, row })),
  );
  const partial = ({ name, input, n, row }: (typeof rows)[number], index: number) => `{
    var sum = ${cellOf(n)}();
    for (var i = local; i < u.cells${input}; i += threads) { sum += ${name}[${row}u * u.cells${input} + i]; }
    partials[${index}][local] = ${cellOf(n) === 'f32' ? 'sum' : 'dot(sum, vec4<f32>(1.0))'};
  }`;
  const total = `
    var sum = 0.0;
    for (var term = 0u; term < u.terms; term++) { sum += weights[term] * out1[1u + term]; }
    out0[0] = sum;
    out1[0] = sum;`;
  return {
    label: 'objective',
    bindings: [
      ...inputs.map(({ name, n }) => ({ name, type: cellOf(n) })),
      ...(isLast ? [{ name: 'weights' }, { name: 'out0' }] : []),
      { name: 'out1' },
    ],
    uniforms: {
      terms: u32(K),
      ...Object.fromEntries(inputs.map(({ n }, input) => [`cells${input}`, u32(cellsIn(n))])),
      ...Object.fromEntries(rows.map(({ term }, index) => [`term${index}`, u32(term)])),
    },
    code: `
      const threads = ${threads}u;
      var<workgroup> partials: array<array<f32, ${threads}>, ${rows.length}>;
      ${mainWgsl(threads)}
      ${rows.map(partial).join('\n')}
      workgroupBarrier();
      for (var row = local; row < ${rows.length}u; row += threads) {
        var sum = 0.0;
        for (var t = 0u; t < threads; t++) { sum += partials[row][t]; }
        partials[row][0] = sum;
      }
      workgroupBarrier();
      if (local > 0u) { return; }
      ${isFirst ? 'for (var term = 0u; term < u.terms; term++) { out1[1u + term] = 0.0; }' : ''}
      ${rows.map((_, index) => `out1[1u + u.term${index}] += partials[${index}][0];`).join('\n')}
      ${isLast ? total : ''}
    }`,
    workgroups: [1, 1, 1],
  };
}

/** Gradients that fit beside `dtotal` and `weights`. */
const besideWeights = 6;

export function objectiveGradientPrograms(
  _shapes: Shapes,
  { plan, lengths }: ObjectiveGradientAttributes,
  traits: GpuTraits,
): GpuProgram[] {
  const lengthOf = lengthsOf(lengths);
  const outputs = termsOf(plan).map((terms, i) => ({ name: `out${i}`, terms, n: lengthOf[i] }));
  const programs: GpuProgram[] = [];
  while (outputs.length > 0) programs.push(fills(outputs.splice(0, besideWeights), traits));
  return programs;
}

/** The cells of all outputs are numbered one after the other. */
function fills(outputs: Input[], traits: GpuTraits): GpuProgram {
  const size = ({ terms, n }: Input) => terms.length * cellsIn(n);
  const count = outputs.reduce((sum, output) => sum + size(output), 0);
  const layout = flatLayout(count, traits);
  const fill = ({ name, terms, n }: Input, output: number) => `
    if (place < ${terms.length}u * u.cells${output}) {
      let terms = array<u32, ${terms.length}>(${terms.map((_, row) => `u.term${output}_${row}`).join(', ')});
      ${name}[place] = ${cellOf(n)}(dtotal[0] * weights[terms[place / u.cells${output}]]);
      continue;
    }
    place -= ${terms.length}u * u.cells${output};`;
  return {
    label: 'objectiveGradient',
    bindings: [
      { name: 'dtotal' },
      { name: 'weights' },
      ...outputs.map(({ name, n }) => ({ name, type: cellOf(n) })),
    ],
    uniforms: {
      count: u32(count),
      ...Object.fromEntries(outputs.map(({ n }, output) => [`cells${output}`, u32(cellsIn(n))])),
      ...Object.fromEntries(
        outputs.flatMap(({ terms }, output) => terms.map((term, row) => [`term${output}_${row}`, u32(term)])),
      ),
    },
    code: `${layout.main}
      var place = i;
      ${outputs.map(fill).join('')}
    }}`,
    workgroups: layout.workgroups,
  };
}
