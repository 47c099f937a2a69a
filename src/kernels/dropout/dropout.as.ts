// Inverted dropout with draws that are computed from the place of a number, the same on every backend.
import { loadUpTo4, storeUpTo4 } from '../backends/simd.as';

@inline
function mixedOne(x: u32): u32 {
  let h = (x ^ (x >> 16)) * 0x7feb352d;
  h = (h ^ (h >> 15)) * 0x846ca68b;
  return h ^ (h >> 16);
}

@inline
function mixed(x: v128): v128 {
  let h = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(h, i32x4.shr_u(h, 16));
}

/**
 * y [n] = x f + residual, each taken where it is given (without x: f alone): f is 0 where a number's draw is below the
 * threshold, `scale` elsewhere. Quads `from` to `to` of four numbers each.
 */
export function dropout(
  seed: usize,
  x: usize,
  residual: usize,
  y: usize,
  n: i32,
  place: i32,
  threshold: u32,
  scale: f32,
  from: i32,
  to: i32,
): void {
  const key = i32x4.splat(mixedOne(mixedOne(load<u32>(seed)) ^ (<u32>(place + 1) * 0x9e3779b9)));
  const least = i32x4.splat(threshold);
  const kept = f32x4.splat(scale);
  for (let quad = from; quad < to; quad++) {
    const first = 4 * quad;
    const at = 16 * quad;
    const left = n - first;
    const index = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
    let value = v128.and(kept, i32x4.ge_u(mixed(v128.xor(mixed(index), key)), least));
    if (x) value = f32x4.mul(value, loadUpTo4(x + at, left));
    if (residual) value = f32x4.add(value, loadUpTo4(residual + at, left));
    storeUpTo4(y + at, value, left);
  }
}
