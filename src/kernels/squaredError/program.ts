/** The squared error of each row on the GPU: one pass over rows; one over cells for its gradient. */
import { type Binding, f32, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { cellsIn, cellWgsl, flatLayout, inCells, rowLayout } from '../backends/rowwise';
import type { Attributes, Shapes } from '../kernel';

/** Bindings and uniforms of both programs, and `differenceAt(row, c)` and `maskAt(row, c)`. */
function operands({ a: [R, C], b, mask }: Shapes) {
  const bindings: Binding[] = inCells(C, 'a', ...(b ? ['b'] : []), ...(mask ? ['mask'] : []));
  const uniforms = {
    rows: u32(R),
    cells: u32(cellsIn(C)),
    rowsPerMask: u32(mask ? R / mask[0] : R),
    scale: f32(1 / (R * C)),
  };
  const wgsl = `${cellWgsl(C)}
    fn differenceAt(row: u32, c: u32) -> Cell {
      return a[row * u.cells + c]${b ? ' - b[row * u.cells + c]' : ''};
    }
    fn maskAt(row: u32, c: u32) -> Cell {
      return ${mask ? 'mask[row / u.rowsPerMask * u.cells + c]' : 'Cell(1.0)'};
    }`;
  return { bindings, uniforms, wgsl };
}

export function squaredErrorPrograms(
  shapes: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const { bindings, uniforms, wgsl } = operands(shapes);
  const layout = rowLayout(shapes.a[0], traits, { stages: 1 });
  return [
    {
      label: 'squaredError',
      bindings: [...bindings, { name: 'out0' }],
      uniforms,
      code: `${wgsl} ${layout.wgsl} ${layout.main}
        var sum = Cell();
        for (var c = lane; c < u.cells; c += lanes) {
          let difference = differenceAt(row, c);
          sum += maskAt(row, c) * difference * difference;
        }
        let error = rowSum(0, local, total(sum)) * u.scale;
        if (row < u.rows && lane == 0u) { out0[row] = error; }
      }`,
      workgroups: layout.workgroups,
    },
  ];
}

export function squaredErrorGradientPrograms(
  shapes: Shapes,
  _attributes: Attributes,
  traits: GpuTraits,
): GpuProgram[] {
  const { bindings, uniforms, wgsl } = operands(shapes);
  const [R, C] = shapes.a;
  const count = R * cellsIn(C);
  const layout = flatLayout(count, traits);
  return [
    {
      label: 'squaredErrorGradient',
      bindings: [{ name: 'drows' }, ...bindings, ...inCells(C, 'out0')],
      uniforms: { ...uniforms, count: u32(count) },
      code: `${wgsl} ${layout.main}
        let row = i / u.cells;
        let c = i % u.cells;
        out0[i] = drows[row] * 2.0 * u.scale * maskAt(row, c) * differenceAt(row, c);
      }}`,
      workgroups: layout.workgroups,
    },
  ];
}
