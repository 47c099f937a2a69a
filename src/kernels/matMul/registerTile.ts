/** The product where one invocation computes a tile by itself: best where WebGPU is emulated and barriers are dear. */
import { folded } from '../backends/rowwise';
import type { RegisterVariant } from './variants';

export interface Product {
  m: number;
  n: number;
  k: number;
  transposeA: boolean;
  transposeB: boolean;
  rowSums: boolean;
}

/** A form of the product: WGSL with `main`, which calls `put` and `putRowSum`; and which operands it reads by four. */
export interface ProductForm {
  vectors: { a: boolean; b: boolean };
  workgroups: [number, number, number];
  code: string;
}

const times = (count: number, text: (i: number) => string, between = '\n') =>
  Array.from({ length: count }, (_, i) => text(i)).join(between);

export function registerMain(product: Product, { rows, columns, size }: RegisterVariant): ProductForm {
  const { m, n, k, transposeA, transposeB, rowSums } = product;
  const across = Math.ceil(n / columns);
  const down = Math.ceil(m / rows);
  // Along k both operands must be readable by four, along their lines only the operand itself.
  const vectors = {
    a: (transposeA ? m : k) % 4 === 0,
    b: (transposeB ? k : n) % 4 === 0,
  };
  const bothAcross = transposeA && !transposeB;
  const fast = vectors.a && vectors.b && (bothAcross || k % 4 === 0);
  const body = fast ? fastLoop(product, rows, columns) : plainLoop(product, rows, columns);
  return {
    vectors: fast ? vectors : { a: false, b: false },
    workgroups: folded(Math.ceil((across * down) / size)),
    code: `
      @compute @workgroup_size(${size})
      fn main(
        @builtin(workgroup_id) at: vec3<u32>,
        @builtin(num_workgroups) counts: vec3<u32>,
        @builtin(local_invocation_index) local: u32,
      ) {
        let across = (u.n + ${columns - 1}u) / ${columns}u;
        let tile = (at.y * counts.x + at.x) * ${size}u + local;
        let row = tile / across * ${rows}u;
        let column = tile % across * ${columns}u;
        if (row >= u.m) { return; }
        ${times(rows, (r) => times(columns / 4, (q) => `var s${r}_${q} = vec4<f32>();`))}
        ${rowSums ? times(rows / 4, (q) => `var rowSum${q} = vec4<f32>();`) : ''}
        ${body}
        ${times(rows, (r) => times(columns / 4, (q) => `put(row + ${r}u, column + ${4 * q}u, s${r}_${q});`))}
        ${rowSums ? `if (column == 0u) { ${times(rows, (r) => `putRowSum(row + ${r}u, rowSum${r >> 2}[${r % 4}]);`)} }` : ''}
      }`,
  };
}

/** Four numbers of k, or one where both operands lie across it, with all loads by four. */
function fastLoop({ transposeA, transposeB, rowSums }: Product, rows: number, columns: number): string {
  const rowQuads = rows / 4;
  const columnQuads = columns / 4;
  if (transposeA && !transposeB) {
    return `
      let aLast = u.m / 4u - 1u;
      let bLast = u.n / 4u - 1u;
      ${times(rowQuads, (q) => `let a${q} = min(row / 4u + ${q}u, aLast);`)}
      ${times(columnQuads, (q) => `let b${q} = min(column / 4u + ${q}u, bLast);`)}
      for (var l = 0u; l < u.k; l++) {
        let aLine = l * (u.m / 4u);
        let bLine = l * (u.n / 4u);
        ${times(rowQuads, (q) => `let x${q} = a[aLine + a${q}];`)}
        ${times(columnQuads, (q) => `let y${q} = b[bLine + b${q}];`)}
        ${times(rows, (r) => times(columnQuads, (q) => `s${r}_${q} += x${r >> 2}[${r % 4}] * y${q};`))}
        ${rowSums ? times(rowQuads, (q) => `rowSum${q} += x${q};`) : ''}
      }`;
  }
  const loadA = transposeA
    ? times(rowQuads, (q) =>
        `let t${q} = transpose(mat4x4<f32>(${times(4, (c) => `a[(l + ${c}u) * (u.m / 4u) + a${q}]`, ', ')}));
        ${times(4, (c) => `let x${4 * q + c} = t${q}[${c}];`)}`,
      )
    : times(rows, (r) => `let x${r} = a[a${r} + l / 4u];`);
  const startsA = transposeA
    ? times(rowQuads, (q) => `let a${q} = min(row / 4u + ${q}u, u.m / 4u - 1u);`)
    : times(rows, (r) => `let a${r} = min(row + ${r}u, u.m - 1u) * (u.k / 4u);`);
  const startsB = transposeB
    ? times(columns, (c) => `let b${c} = min(column + ${c}u, u.n - 1u) * (u.k / 4u);`)
    : times(columnQuads, (q) => `let b${q} = min(column / 4u + ${q}u, u.n / 4u - 1u);`);
  const multiply = transposeB
    ? times(columnQuads, (q) => `{
        ${times(4, (c) => `let y${c} = b[b${4 * q + c} + l / 4u];`)}
        ${times(rows, (r) => `s${r}_${q} += vec4<f32>(${times(4, (c) => `dot(x${r}, y${c})`, ', ')});`)}
      }`)
    : times(4, (l) => times(columnQuads, (q) => `{
        let y = b[(l + ${l}u) * (u.n / 4u) + b${q}];
        ${times(rows, (r) => `s${r}_${q} += x${r}[${l}] * y;`)}
      }`));
  return `
    ${startsA}
    ${startsB}
    for (var l = 0u; l < u.k; l += 4u) {
      ${loadA}
      ${multiply}
      ${rowSums ? times(rows, (r) => `rowSum${r >> 2}[${r % 4}] += dot(x${r}, vec4<f32>(1.0));`) : ''}
    }`;
}

/** Any sizes, one number at a time. */
function plainLoop({ transposeA, transposeB, rowSums }: Product, rows: number, columns: number): string {
  const a = (i: string) => (transposeA ? `a[l * u.m + ${i}]` : `a[${i} * u.k + l]`);
  const b = (j: string) => (transposeB ? `b[${j} * u.k + l]` : `b[l * u.n + ${j}]`);
  const four = (at: (c: number) => string) => `vec4<f32>(${times(4, at, ', ')})`;
  return `
    ${times(rows, (r) => `let i${r} = min(row + ${r}u, u.m - 1u);`)}
    ${times(columns, (c) => `let j${c} = min(column + ${c}u, u.n - 1u);`)}
    for (var l = 0u; l < u.k; l++) {
      ${times(rows / 4, (q) => `let x${q} = ${four((c) => a(`i${4 * q + c}`))};`)}
      ${times(columns / 4, (q) => `let y${q} = ${four((c) => b(`j${4 * q + c}`))};`)}
      ${times(rows, (r) => times(columns / 4, (q) => `s${r}_${q} += x${r >> 2}[${r % 4}] * y${q};`))}
      ${rowSums ? times(rows / 4, (q) => `rowSum${q} += x${q};`) : ''}
    }`;
}
