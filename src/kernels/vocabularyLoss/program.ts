import { type GpuProgram, u32 } from '../backends/gpuProgram';
import type { FusedKernel } from '../kernel';
import type { VocabularyLossAttributes } from './reference';

type Gpu = (...of: Parameters<FusedKernel<VocabularyLossAttributes>['gpu']>) => GpuProgram;

const lse = `fn lse(row: u32, which: u32, T: f32) -> f32 { return 0.0; }`;
export const vocabularyLossProgram: Gpu = ({ student: [rows, V] }, { soft, hard }) => ({
  label: 'vocabularyLoss',
  bindings: [{ name: 'student' }, ...(soft ? [{ name: 'teacher' }] : []), { name: 'temperature' }, ...(hard ? [{ name: 'labels', type: 'i32' as const }] : []), { name: 'weights' }, { name: 'out0' }, { name: 'out1' }],
  uniforms: { rows: u32(rows), V: u32(V) },
  workgroups: [Math.ceil(rows / 16), 1, 1],
  code: `@compute @workgroup_size(16) fn main(@builtin(global_invocation_id) g: vec3<u32>) {
    let r = g.x; if (r >= u.rows) { return; }
    let T = temperature[0]; let base = r * u.V;
    var ms = -1e30; var mt = -1e30;
    for (var v = 0u; v < u.V; v++) { ms = max(ms, student[base + v]); ${soft ? 'mt = max(mt, teacher[base + v]);' : ''} }
    var s1 = 0.0; var sT = 0.0; var tT = 0.0; var cross = 0.0;
    for (var v = 0u; v < u.V; v++) { let s = student[base + v] - ms; s1 += exp(s); ${soft ? 'sT += exp(s / T); let t = teacher[base + v] - mt; let e = exp(t / T); tT += e; cross += e * (t - s) / T;' : ''} }
    var kl = 0.0;
    ${soft ? 'kl = weights[r] * T * T * (cross / tT + log(sT) - log(tT));' : ''}
    var ce = 0.0;
    ${hard ? 'if (labels[r] >= 0) { ce = weights[u.rows + r] * (ms + log(s1) - student[base + u32(labels[r])]); }' : ''}
    out0[r] = kl; out0[u.rows + r] = ce;
    out1[4u * r] = ms + log(s1); out1[4u * r + 1u] = ms / T + log(max(sT, 1e-30)); out1[4u * r + 2u] = mt / T + log(max(tT, 1e-30)); out1[4u * r + 3u] = 0.0;
  }`,
});
export const vocabularyLossGradientProgram: Gpu = ({ student: [rows, V] }, { soft, hard }) => ({
  label: 'vocabularyLossGradient',
  bindings: [{ name: 'dlosses' }, { name: 'student' }, ...(soft ? [{ name: 'teacher' }] : []), { name: 'temperature' }, ...(hard ? [{ name: 'labels', type: 'i32' as const }] : []), { name: 'weights' }, { name: 'stats' }, { name: 'out0' }],
  uniforms: { rows: u32(rows), V: u32(V) },
  workgroups: [Math.ceil(rows / 16), 1, 1],
  code: `@compute @workgroup_size(16) fn main(@builtin(global_invocation_id) g: vec3<u32>) {
    let r = g.x; if (r >= u.rows) { return; }
    let T = temperature[0]; let base = r * u.V;
    let ws = ${soft ? 'dlosses[r] * weights[r] * T' : '0.0'}; 
    var wh = ${hard ? 'dlosses[u.rows + r] * weights[u.rows + r]' : '0.0'};
    ${hard ? 'let label = labels[r]; if (label < 0) { wh = 0.0; }' : 'let label = -1;'}
    for (var v = 0u; v < u.V; v++) { let s = student[base + v];
      var d = 0.0;
      ${soft ? 'd += ws * (exp(s / T - stats[4u * r + 1u]) - exp(teacher[base + v] / T - stats[4u * r + 2u]));' : ''}
      ${hard ? 'd += wh * (exp(s - stats[4u * r]) - select(0.0, 1.0, i32(v) == label));' : ''}
      out0[base + v] = d; }
  }`,
});
