// Matrix products. Both operands are copied ("packed") into the order in which the inner loop reads them, which also
// takes care of transposed operands, of strides and of sizes that don't fit the tiles. The order of additions depends
// on the sizes alone.
import { gelu4, geluSlope4, loadOne, madd, storeOne } from '../backends/simd.as';

/** A tile of the result that fits in registers: 5 x 8, since engines keep one of 16 and need two for operands. */
const tileRows: i32 = 5;
const tileColumns: i32 = 8;
/** Largest part of k and of n packed at once: 256 KiB of `b` stay in the second-level cache. */
const depth: i32 = 256;
const width: i32 = 256;

export const none: i32 = 0;
export const gelu: i32 = 1;
export const geluGradient: i32 = 2;

/** Bytes of scratch for a product with this n and k. */
export function productScratch(n: i32, k: i32): i32 {
  const deep = min(k, depth);
  return 4 * (deep * (roundUp(min(n, width), tileColumns) + tileRows) + tileRows * tileColumns);
}

@inline
function roundUp(x: i32, step: i32): i32 {
  return ((x + step - 1) / step) * step;
}

/** The size of equal parts of at most `most` that x is cut into, a multiple of `step`. */
@inline
function part(x: i32, most: i32, step: i32): i32 {
  const parts = (x + most - 1) / most;
  return roundUp((x + parts - 1) / parts, step);
}

/**
 * c [m, n] = y of s = op(a) op(b) + bias, with y = s, gelu(s) or s gelu'(preactivation), and then residualSign residual
 * added. lda, ldb and ldc are the elements from one row to the next; bias [n], residual, preactivation and kept (which
 * receives s) have the rows of c. rowSums [m] receives the sums of op(a) along k. Addresses that are 0 mean: not wanted.
 */
export function product(
  a: usize,
  lda: i32,
  transposeA: bool,
  b: usize,
  ldb: i32,
  transposeB: bool,
  c: usize,
  ldc: i32,
  m: i32,
  n: i32,
  k: i32,
  bias: usize,
  activation: i32,
  residual: usize,
  residualSign: f32,
  preactivation: usize,
  kept: usize,
  rowSums: usize,
  scratch: usize,
): void {
  const deepest = part(k, depth, 1);
  const widest = part(n, width, tileColumns);
  const packedA = scratch;
  const tile = packedA + 4 * deepest * tileRows;
  const packedB = tile + 4 * tileRows * tileColumns;
  const epilogue = bias || activation || residual || kept;

  for (let j = 0; j < n; j += widest) {
    const columns = min(widest, n - j);
    for (let l = 0; l < k; l += deepest) {
      const deep = min(deepest, k - l);
      if (transposeB) packTransposedB(b + 4 * (j * ldb + l), ldb, packedB, deep, columns);
      else packB(b + 4 * (l * ldb + j), ldb, packedB, deep, columns);
      for (let i = 0; i < m; i += tileRows) {
        const rows = min(tileRows, m - i);
        if (transposeA) packTransposedA(a + 4 * (l * lda + i), lda, packedA, deep, rows);
        else packA(a + 4 * (i * lda + l), lda, packedA, deep, rows);
        if (rowSums && j == 0) addSums(packedA, deep, rowSums + 4 * i, rows, l > 0);
        const row = 4 * (i * ldc + j);
        let panel = packedB;
        for (let at = 0; at < columns; at += tileColumns, panel += 4 * tileColumns * deep) {
          const wide = columns - at;
          const to = c + row + 4 * at;
          if (rows == tileRows && wide >= tileColumns) {
            multiply(packedA, panel, deep, to, 4 * ldc, l > 0);
          } else {
            multiply(packedA, panel, deep, tile, 4 * tileColumns, false);
            copyTile(tile, to, 4 * ldc, rows, min(wide, tileColumns), l > 0);
          }
        }
        if (epilogue && l + deep == k) {
          for (let r = 0; r < rows; r++) {
            const at = row + 4 * r * ldc;
            finish(
              c + at,
              columns,
              bias ? bias + 4 * j : 0,
              activation,
              residual ? residual + at : 0,
              residualSign,
              preactivation + at,
              kept ? kept + at : 0,
            );
          }
        }
      }
    }
  }
}

/** c [5, 8] (+)= a [5, k] b [k, 8], both packed: k times 5 numbers, k times 8. */
function multiply(a: usize, b: usize, k: i32, c: usize, row: i32, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  const c1 = c + row;
  const c2 = c1 + row;
  const c3 = c2 + row;
  const c4 = c3 + row;
  if (add) {
    c00 = v128.load(c);
    c01 = v128.load(c, 16);
    c10 = v128.load(c1);
    c11 = v128.load(c1, 16);
    c20 = v128.load(c2);
    c21 = v128.load(c2, 16);
    c30 = v128.load(c3);
    c31 = v128.load(c3, 16);
    c40 = v128.load(c4);
    c41 = v128.load(c4, 16);
  }
  // Not unrolled: engines move the loads of several rounds together and run out of registers.
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a);
    c00 = madd(a0, b0, c00);
    c01 = madd(a0, b1, c01);
    const a1 = v128.load_splat<f32>(a, 4);
    c10 = madd(a1, b0, c10);
    c11 = madd(a1, b1, c11);
    const a2 = v128.load_splat<f32>(a, 8);
    c20 = madd(a2, b0, c20);
    c21 = madd(a2, b1, c21);
    const a3 = v128.load_splat<f32>(a, 12);
    c30 = madd(a3, b0, c30);
    c31 = madd(a3, b1, c31);
    const a4 = v128.load_splat<f32>(a, 16);
    c40 = madd(a4, b0, c40);
    c41 = madd(a4, b1, c41);
    a += 4 * tileRows;
    b += 4 * tileColumns;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
  v128.store(c4, c40);
  v128.store(c4, c41, 16);
}

/** The part of a tile that lies within the result. */
function copyTile(tile: usize, c: usize, row: i32, rows: i32, columns: i32, add: bool): void {
  for (let r = 0; r < rows; r++, tile += 4 * tileColumns, c += row) {
    for (let at = 0; at < 4 * columns; at += 4) {
      store<f32>(c + at, load<f32>(tile + at) + (add ? load<f32>(c + at) : 0));
    }
  }
}

/** b [k, columns] -> panels of 8 columns: k times 8 numbers, zeros where there is no column. */
function packB(b: usize, ldb: i32, packed: usize, k: i32, columns: i32): void {
  const row = 4 * ldb;
  for (; columns >= tileColumns; columns -= tileColumns, b += 4 * tileColumns) {
    let from = b;
    for (let l = 0; l < k; l++, from += row, packed += 4 * tileColumns) {
      v128.store(packed, v128.load(from));
      v128.store(packed, v128.load(from, 16), 16);
    }
  }
  if (columns == 0) return;
  for (let l = 0; l < k; l++, b += row) {
    for (let j = 0; j < tileColumns; j++, packed += 4) {
      store<f32>(packed, j < columns ? load<f32>(b + 4 * j) : 0);
    }
  }
}

/** The same from b [columns, k]. */
function packTransposedB(b: usize, ldb: i32, packed: usize, k: i32, columns: i32): void {
  const row = 4 * ldb;
  for (; columns >= tileColumns; columns -= tileColumns, b += tileColumns * row) {
    let from = b;
    let l = k;
    for (; l >= 4; l -= 4, from += 16, packed += 16 * tileColumns) {
      transpose4(from, row, packed, 4 * tileColumns);
      transpose4(from + 4 * row, row, packed + 16, 4 * tileColumns);
    }
    for (; l > 0; l--, from += 4) {
      for (let j = 0; j < tileColumns; j++, packed += 4) store<f32>(packed, load<f32>(from + j * row));
    }
  }
  if (columns == 0) return;
  for (let l = 0; l < k; l++, b += 4) {
    for (let j = 0; j < tileColumns; j++, packed += 4) {
      store<f32>(packed, j < columns ? load<f32>(b + j * row) : 0);
    }
  }
}

/** a [rows, k] -> k times 5 numbers, zeros where there is no row. */
function packA(a: usize, lda: i32, packed: usize, k: i32, rows: i32): void {
  const row = 4 * lda;
  if (rows == tileRows) {
    for (; k >= 4; k -= 4, a += 16, packed += 16 * tileRows) {
      transpose4(a, row, packed, 4 * tileRows);
      const last = v128.load(a + 4 * row);
      v128.store_lane<f32>(packed, last, 0, 16);
      v128.store_lane<f32>(packed, last, 1, 36);
      v128.store_lane<f32>(packed, last, 2, 56);
      v128.store_lane<f32>(packed, last, 3, 76);
    }
  }
  for (; k > 0; k--, a += 4) {
    for (let i = 0; i < tileRows; i++, packed += 4) {
      store<f32>(packed, i < rows ? load<f32>(a + i * row) : 0);
    }
  }
}

/** The same from a [k, rows]. */
function packTransposedA(a: usize, lda: i32, packed: usize, k: i32, rows: i32): void {
  const row = 4 * lda;
  if (rows == tileRows) {
    for (; k > 0; k--, a += row, packed += 4 * tileRows) {
      v128.store(packed, v128.load(a));
      store<f32>(packed, load<f32>(a, 16), 16);
    }
    return;
  }
  for (; k > 0; k--, a += row) {
    for (let i = 0; i < tileRows; i++, packed += 4) store<f32>(packed, i < rows ? load<f32>(a + 4 * i) : 0);
  }
}

/** to [4, 4] = from [4, 4] transposed; `row` and `toRow` are the bytes from one row to the next. */
@inline
export function transpose4(from: usize, row: i32, to: usize, toRow: i32): void {
  const x0 = v128.load(from);
  const x1 = v128.load(from + row);
  const x2 = v128.load(from + 2 * row);
  const x3 = v128.load(from + 3 * row);
  const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + toRow, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * toRow, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * toRow, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** sums [rows] (+)= sums along k of packed rows of `a`. */
function addSums(packed: usize, k: i32, sums: usize, rows: i32, add: bool): void {
  let even = f32x4.splat(0);
  let odd = even;
  let last = even;
  for (; k >= 2; k -= 2, packed += 8 * tileRows) {
    even = f32x4.add(even, v128.load(packed));
    odd = f32x4.add(odd, v128.load(packed, 4 * tileRows));
    last = f32x4.add(last, f32x4.add(loadOne(packed + 16), loadOne(packed + 36)));
  }
  if (k > 0) {
    even = f32x4.add(even, v128.load(packed));
    last = f32x4.add(last, loadOne(packed + 16));
  }
  even = f32x4.add(even, odd);
  for (let i = 0; i < rows; i++, sums += 4) {
    const s = f32x4.extract_lane(i < 4 ? even : last, 0);
    store<f32>(sums, add ? load<f32>(sums) + s : s);
    even = v128.shuffle<f32>(even, even, 1, 2, 3, 0);
  }
}

/** Bias, activation and residual of n numbers of one row. */
function finish(
  y: usize,
  n: i32,
  bias: usize,
  activation: i32,
  residual: usize,
  residualSign: f32,
  preactivation: usize,
  kept: usize,
): void {
  const sign = f32x4.splat(residualSign);
  let at = 0;
  for (; at + 16 <= 4 * n; at += 16) {
    let s = v128.load(y + at);
    if (bias) s = f32x4.add(s, v128.load(bias + at));
    if (kept) v128.store(kept + at, s);
    if (activation == gelu) s = gelu4(s);
    else if (activation == geluGradient) s = f32x4.mul(s, geluSlope4(v128.load(preactivation + at)));
    if (residual) s = madd(sign, v128.load(residual + at), s);
    v128.store(y + at, s);
  }
  for (; at < 4 * n; at += 4) {
    let s = loadOne(y + at);
    if (bias) s = f32x4.add(s, loadOne(bias + at));
    if (kept) storeOne(kept + at, s);
    if (activation == gelu) s = gelu4(s);
    else if (activation == geluGradient) s = f32x4.mul(s, geluSlope4(loadOne(preactivation + at)));
    if (residual) s = madd(sign, loadOne(residual + at), s);
    storeOne(y + at, s);
  }
}
