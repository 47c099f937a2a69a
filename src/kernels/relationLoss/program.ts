/** The divergence of attention distributions on the GPU: one dispatch over rows. Padding is not read. */
import { f32, u32 } from '../backends/gpuProgram';
import { rowLayout } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import { type RelationLossAttributes, relationLossSizes } from './reference';

const ofTokens = (text: string) => `
  for (var j = lane; j < L; j += lanes) {
    if (mask[first + j] != 0.0) { ${text} }
  }`;

/** The divergence is summed as Σ (p_s − p_t − p_t (log p_s − log p_t)), in which errors of the sums cancel. */
export const relationLossPrograms: FusedKernel<RelationLossAttributes>['gpu'] = (
  shapes,
  { heads, headsFirst },
  traits,
) => {
  const { matrices, batch, length } = relationLossSizes(shapes);
  const rows = matrices * length;
  const layout = rowLayout(rows, traits, { stages: 7 });
  const together = `
    fn rowMax(stage: u32, local: u32, x: f32) -> f32 {
      partials[stage][local] = x;
      workgroupBarrier();
      let first = local / lanes * lanes;
      var largest = partials[stage][first];
      for (var i = 1u; i < lanes; i++) { largest = max(largest, partials[stage][first + i]); }
      return largest;
    }`;
  const alone = 'fn rowMax(stage: u32, local: u32, x: f32) -> f32 { return x; }';
  return [
    {
      label: 'relationLoss',
      bindings: ['student', 'teacher', 'mask', 'out0', 'out1'].map((name) => ({ name })),
      uniforms: {
        rows: u32(rows),
        length: u32(length),
        batch: u32(batch),
        heads: u32(heads),
        headCount: f32(heads),
      },
      code: `${layout.wgsl} ${layout.perRow === 1 ? alone : together} ${layout.main}
        let L = u.length;
        // All of a workgroup must come to every sum.
        let query = min(row, u.rows - 1u);
        let sequence = ${headsFirst ? 'query / L % u.batch' : 'query / L / u.heads'};
        let first = sequence * L;
        let start = query * L;
        var held = 0.0;
        for (var b = lane; b < u.batch; b += lanes) {
          for (var j = 0u; j < L; j++) {
            if (mask[b * L + j] != 0.0) { held += 1.0; break; }
          }
        }
        held = rowSum(0, local, held);
        var tokens = 0.0;
        var topS = -1e30;
        var topT = -1e30;
        ${ofTokens(`
          tokens += 1.0;
          topS = max(topS, student[start + j]);
          topT = max(topT, teacher[start + j]);`)}
        tokens = rowSum(1, local, tokens);
        topS = rowMax(2, local, topS);
        topT = rowMax(3, local, topT);
        var sumS = 0.0;
        var sumT = 0.0;
        ${ofTokens(`
          sumS += exp(student[start + j] - topS);
          sumT += exp(teacher[start + j] - topT);`)}
        let logS = log(max(rowSum(4, local, sumS), 1e-30)); // 0 is the sum of a sequence without tokens
        let logT = log(max(rowSum(5, local, sumT), 1e-30));
        let isToken = row < u.rows && mask[first + query % L] != 0.0;
        let weight = select(0.0, 1.0 / (u.headCount * tokens * held), isToken);
        var divergence = 0.0;
        for (var j = lane; j < L; j += lanes) {
          var slope = 0.0;
          if (weight != 0.0 && mask[first + j] != 0.0) {
            let s = student[start + j] - topS - logS;
            let t = teacher[start + j] - topT - logT;
            let p = exp(t);
            slope = exp(s) - p;
            divergence += slope - p * (s - t);
          }
          if (row < u.rows) { out1[start + j] = weight * slope; }
        }
        divergence = max(0.0, rowSum(6, local, divergence));
        if (row < u.rows && lane == 0u) { out0[row] = weight * divergence; }
      }`,
      workgroups: layout.workgroups,
    },
  ];
};
