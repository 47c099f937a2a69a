/**
 * WGSL for programs that go over a matrix row by row. On a GPU neighbouring invocations share a row, so that they read
 * neighbouring numbers, and add up what they found; where WebGPU is emulated on a CPU one invocation does a whole row,
 * since every barrier there costs more than the row. Four columns at a time where their number allows it.
 */
import type { Binding, GpuTraits } from './gpuProgram';

/** Element of a matrix as the programs read it: four columns, or one. */
export type Cell = 'vec4<f32>' | 'f32';

export const cellOf = (columns: number): Cell => (columns % 4 === 0 ? 'vec4<f32>' : 'f32');
export const cellsIn = (columns: number) => (columns % 4 === 0 ? columns / 4 : columns);

/** Bindings of matrices that are read and written by the cell. */
export const inCells = (columns: number, ...names: string[]): Binding[] =>
  names.map((name) => ({ name, type: cellOf(columns) }));

/** `Cell`, `cellColumns` and `total(cell)`, the sum of its columns. */
export const cellWgsl = (columns: number) =>
  columns % 4 === 0
    ? `alias Cell = vec4<f32>;
      const cellColumns = 4.0;
      fn total(x: Cell) -> f32 { return dot(x, Cell(1.0)); }`
    : `alias Cell = f32;
      const cellColumns = 1.0;
      fn total(x: Cell) -> f32 { return x; }`;

/** Workgroups for `count` of them, folded into y where x can't hold all; `mainWgsl` unfolds. */
export function folded(count: number): [number, number, number] {
  const y = Math.ceil(count / 65535);
  return [Math.ceil(count / y), y, 1];
}

/** The head of a program's `main`: `group` numbers the workgroups, `local` the invocations within one. */
export const mainWgsl = (size: number) => `
  @compute @workgroup_size(${size})
  fn main(
    @builtin(workgroup_id) at: vec3<u32>,
    @builtin(num_workgroups) counts: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
  ) {
    let group = at.y * counts.x + at.x;`;

/**
 * A program over `u.count` elements that need nothing of each other. `main` opens a loop in which `i` is the element,
 * and is closed by two braces. An invocation takes one element; on an emulated GPU, where it is dear to start, several.
 */
export function flatLayout(count: number, { software }: GpuTraits) {
  const size = 64;
  const run = software ? 8 : 1;
  return {
    main: `${mainWgsl(size)}
      let begin = (group * ${size}u + local) * ${run}u;
      for (var i = begin; i < min(begin + ${run}u, u.count); i++) {`,
    workgroups: folded(Math.ceil(count / (size * run))),
  };
}

export interface RowLayout {
  /** Head of `main`: `row`, not always below the number of rows, and `lane` of `lanes` within it. */
  main: string;
  /** `lanes`, and `rowSum(stage, local, x)`: the sum of x over the lanes of a row. */
  wgsl: string;
  workgroups: [number, number, number];
  /** Invocations of a workgroup, and of them for each row. */
  size: number;
  perRow: number;
}

/**
 * How `rows` rows are shared out. Each of the `stages` calls of rowSum names its own stage, counted from 0, and all
 * invocations of a workgroup must reach it.
 */
export function rowLayout(
  rows: number,
  { software }: GpuTraits,
  { stages, lanes = 16 }: { stages: number; lanes?: number },
): RowLayout {
  const size = software ? 16 : 64;
  const perRow = software ? 1 : lanes;
  const shared = `
    var<workgroup> partials: array<array<f32, ${size}>, ${stages}>;
    fn rowSum(stage: u32, local: u32, x: f32) -> f32 {
      partials[stage][local] = x;
      workgroupBarrier();
      let first = local / lanes * lanes;
      var sum = 0.0;
      for (var i = 0u; i < lanes; i++) { sum += partials[stage][first + i]; }
      return sum;
    }`;
  const alone = `fn rowSum(stage: u32, local: u32, x: f32) -> f32 { return x; }`;
  return {
    wgsl: `const lanes = ${perRow}u;
      ${perRow === 1 ? alone : shared}`,
    main: `${mainWgsl(size)}
      let row = (group * ${size}u + local) / lanes;
      let lane = local % lanes;`,
    workgroups: folded(Math.ceil((rows * perRow) / size)),
    size,
    perRow,
  };
}
