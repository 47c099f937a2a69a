/** The product where a workgroup computes a block through shared memory: for GPUs, where neighbours share what they load. */
import type { Product, ProductForm } from './registerTile';
import type { SharedVariant } from './variants';

/** Numbers of k that a workgroup loads at a time, for each of its splits. */
const depth = 16;

export function sharedMain(product: Product, { tilesDown, tilesAcross, splits }: SharedVariant): ProductForm {
  const { m, n, transposeA, transposeB, rowSums } = product;
  const rows = 4 * tilesDown;
  const columns = 4 * tilesAcross;
  const tiles = tilesDown * tilesAcross;
  const size = tiles * splits;
  const a = transposeA ? 'a[l * u.m + i]' : 'a[i * u.k + l]';
  const b = transposeB ? 'b[j * u.k + l]' : 'b[l * u.n + j]';
  // Neighbouring invocations read neighbouring numbers: along k, or along the operand's lines.
  const place = (alongK: boolean, lines: number) =>
    alongK ? `let line = e / ${depth}u; let step = e % ${depth}u;` : `let line = e % ${lines}u; let step = e / ${lines}u;`;
  return {
    vectors: { a: false, b: false },
    workgroups: [Math.ceil(n / columns), Math.ceil(m / rows), 1],
    code: `
      const splits = ${splits}u;
      var<workgroup> aTile: array<array<vec4<f32>, ${rows / 4}>, ${depth * splits}>;
      var<workgroup> bTile: array<array<vec4<f32>, ${columns / 4}>, ${depth * splits}>;
      ${splits > 1 ? `var<workgroup> parts: array<mat4x4<f32>, ${size}>;` : ''}
      ${splits > 1 && rowSums ? `var<workgroup> rowParts: array<vec4<f32>, ${size}>;` : ''}
      @compute @workgroup_size(${size})
      fn main(@builtin(workgroup_id) at: vec3<u32>, @builtin(local_invocation_index) local: u32) {
        let split = local / ${tiles}u;
        let tile = local % ${tiles}u;
        let down = tile / ${tilesAcross}u;
        let across = tile % ${tilesAcross}u;
        let firstRow = at.y * ${rows}u;
        let firstColumn = at.x * ${columns}u;
        var sums = mat4x4<f32>();
        var rowSum = vec4<f32>();
        // Each split takes a part of k, rounded up to whole loads.
        let loads = (u.k + ${depth * splits - 1}u) / ${depth * splits}u;
        for (var load = 0u; load < loads; load++) {
          for (var e = tile; e < ${rows * depth}u; e += ${tiles}u) {
            ${place(!transposeA, rows)}
            let i = firstRow + line;
            let l = (split * loads + load) * ${depth}u + step;
            var value = 0.0;
            if (i < u.m && l < u.k) { value = ${a}; }
            aTile[split * ${depth}u + step][line / 4u][line % 4u] = value;
          }
          for (var e = tile; e < ${columns * depth}u; e += ${tiles}u) {
            ${place(transposeB, columns)}
            let j = firstColumn + line;
            let l = (split * loads + load) * ${depth}u + step;
            var value = 0.0;
            if (j < u.n && l < u.k) { value = ${b}; }
            bTile[split * ${depth}u + step][line / 4u][line % 4u] = value;
          }
          workgroupBarrier();
          for (var step = split * ${depth}u; step < (split + 1u) * ${depth}u; step++) {
            let x = aTile[step][down];
            let y = bTile[step][across];
            sums[0] += x.x * y;
            sums[1] += x.y * y;
            sums[2] += x.z * y;
            sums[3] += x.w * y;
            ${rowSums ? 'rowSum += x;' : ''}
          }
          workgroupBarrier();
        }
        ${
          splits > 1
            ? `parts[local] = sums;
        ${rowSums ? 'rowParts[local] = rowSum;' : ''}
        workgroupBarrier();
        if (split > 0u) { return; }
        for (var other = 1u; other < splits; other++) {
          sums += parts[other * ${tiles}u + tile];
          ${rowSums ? `rowSum += rowParts[other * ${tiles}u + tile];` : ''}
        }`
            : ''
        }
        for (var r = 0u; r < 4u; r++) {
          let row = firstRow + 4u * down + r;
          put(row, firstColumn + 4u * across, sums[r]);
          ${rowSums ? 'if (at.x == 0u && across == 0u) { putRowSum(row, rowSum[r]); }' : ''}
        }
      }`,
  };
}
