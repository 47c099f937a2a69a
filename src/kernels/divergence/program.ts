/** The divergence on the GPU, a row of logits at a time; why in this form is said in divergence.as.ts. */
import type { GpuProgram, GpuTraits } from '../backends/gpuProgram';
import { eachCell, logitRows } from '../backends/logitRows';
import { inCells } from '../backends/rowwise';
import type { FusedKernel } from '../kernel';
import type { DivergenceAttributes } from './reference';

type ProgramOf = (...of: Parameters<FusedKernel<DivergenceAttributes>['gpu']>) => GpuProgram;

/** Functions of a cell. */
const cellFunctions = (V: number) => `
  alias Whole = ${V % 4 === 0 ? 'vec4<i32>' : 'i32'};
  alias Shift = ${V % 4 === 0 ? 'vec4<u32>' : 'u32'};
  fn isSmall(x: Cell) -> ${V % 4 === 0 ? 'vec4<bool>' : 'bool'} { return abs(x) < Cell(0.5); }
  // e^x - 1 - x, where x is small
  fn beyondLinear(x: Cell) -> Cell {
    let p = x * (1.0 / 720.0 + x * (1.0 / 5040.0));
    return x * x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x * (Cell(1.0 / 120.0) + p))));
  }
  fn rise(x: Cell) -> Cell { return select(exp(x) - 1.0, x + beyondLinear(x), isSmall(x)); }
  // log(m / b) for m = b + g: ahead + tail, and where the power is 0, 2 s + tail.
  struct Logarithm { s: Cell, ahead: Cell, tail: Cell, power: Whole }
  fn logarithm(m: Cell, b: Cell, g: Cell) -> Logarithm {
    let bits = bitcast<Whole>(m);
    let power = (bits - bitcast<Whole>(b) + Whole(1 << 22)) >> Shift(23);
    let scaled = bitcast<Cell>(bits - (power << Shift(23)));
    let s = select(scaled - b, g, power == Whole()) / (scaled + b);
    let s2 = s * s;
    let tail = s * s2 * (2.0 / 3.0 + s2 * (2.0 / 5.0 + s2 * (2.0 / 7.0)));
    return Logarithm(s, Cell(power) * 0.69314718 + 2.0 * s, tail, power);
  }`;

function rowwise(rows: number, V: number, traits: GpuTraits) {
  const { uniforms, workgroups, wgsl } = logitRows(rows, V, traits);
  return {
    uniforms,
    workgroups,
    code: (main: string) => `${cellFunctions(V)} ${wgsl}
      let inverseT = 1.0 / temperature[0];
      let toTeacher = beta[0];
      // The smaller weight in the mixture. B is the distribution with the larger one, D = log(p_B / p_A).
      let share = select(0.0, max(min(toTeacher, 1.0 - toTeacher), 1e-20), toTeacher > 0.0 && toTeacher < 1.0);
      let studentIsB = toTeacher <= 0.5;
      ${main}
    }`,
  };
}

/** What every word adds to the divergence, and to KL(p_s ‖ M), given the logarithms of its probabilities. */
const mixtureTerms = `
  let g = -share * select(pB - pA, along + bent, isSmall(ratio));
  let m = pB + g;
  let ofM = logarithm(m, pB, g);
  let short = select(m * ofM.ahead - g, g * ofM.s, ofM.power == Whole());
  term -= (short + m * ofM.tail) * inverseShare;
  slope += ofM.ahead + ofM.tail;`;

export const divergenceProgram: ProgramOf = ({ student: [rows, V] }, { even }, traits) => {
  const { uniforms, workgroups, code } = rowwise(rows, V, traits);
  return {
    label: 'divergence',
    bindings: [
      ...inCells(V, 'student', 'teacher'),
      { name: 'temperature' },
      { name: 'beta' },
      { name: 'weights' },
      { name: 'out0' },
      { name: 'out1', type: 'vec4<f32>' },
    ],
    uniforms,
    workgroups,
    code: code(`
      let weight = weights[row];
      var divergence = 0.0;
      var stats = vec4f();
      if (weight != 0.0) {
        var topS = -1e30;
        var topT = -1e30;
        var sumS = Cell();
        var sumT = Cell();
        ${eachCell(`
          let s = student[c];
          let t = teacher[c];
          let risenS = max(topS, largest(s));
          let risenT = max(topT, largest(t));
          sumS = sumS * exp((topS - risenS) * inverseT) + exp((s - risenS) * inverseT);
          sumT = sumT * exp((topT - risenT) * inverseT) + exp((t - risenT) * inverseT);
          topS = risenS;
          topT = risenT;`)}
        let tops = rowMax(lane, vec4f(topS, topT, 0.0, 0.0)).xy;
        let ownShare = exp((vec2f(topS, topT) - tops) * inverseT);
        let logs = log(rowSum(lane, vec4f(vec2f(total(sumS), total(sumT)) * ownShare, 0.0, 0.0)).xy);
        let apart = (tops.x - tops.y) * inverseT + logs.x - logs.y;
        let mixed = share > 0.0;
        let least = Cell(select(-1e30, -80.0, mixed));
        let inverseShare = 1.0 / max(share, 1e-20);
        var terms = Cell();
        var slopes = Cell();
        ${eachCell(`
          let s = student[c];
          let t = teacher[c];
          let logS = max((s - tops.x) * inverseT - logs.x, least);
          let logT = max((t - tops.y) * inverseT - logs.y, least);
          let logA = select(logS, logT, studentIsB);
          let toStudent = (s - t) * inverseT - apart;
          let ratio = max(select(-toStudent, toStudent, studentIsB), least - logA);
          let pA = exp(logA);
          let pB = exp(select(logT, logS, studentIsB));
          let along = pA * ratio;
          let bent = pA * beyondLinear(ratio);
          var term = select(pB - pA - along, bent, isSmall(ratio));
          var slope = select(ratio, Cell(), studentIsB);
          if (mixed) { ${mixtureTerms} }
          terms += term;
          slopes -= select(pA, pB, studentIsB) * slope;`)}
        let sums = rowSum(lane, vec4f(total(terms), total(slopes), 0.0, 0.0));
        divergence = max(0.0, sums.x) * ${even ? '1.0 / (1.0 - share)' : 'select(1.0, share, mixed)'};
        stats = vec4f(tops * inverseT + logs, apart, sums.y);
      }
      if (lane > 0u) { return; }
      out0[row] = weight * divergence;
      out1[row] = stats;`),
  };
};

export const divergenceGradientProgram: ProgramOf = ({ student: [rows, V] }, { even }, traits) => {
  const { uniforms, workgroups, code } = rowwise(rows, V, traits);
  return {
    label: 'divergenceGradient',
    bindings: [
      { name: 'dlosses' },
      ...inCells(V, 'student', 'teacher'),
      { name: 'temperature' },
      { name: 'beta' },
      { name: 'weights' },
      { name: 'stats', type: 'vec4<f32>' },
      ...inCells(V, 'out0'),
    ],
    uniforms,
    workgroups,
    code: code(`
      let mixed = share > 0.0;
      let between = ${even ? '1.0 / select(toTeacher, share, studentIsB)' : '1.0 - toTeacher'};
      let factor = dlosses[row] * weights[row] * select(1.0, between, mixed) * inverseT;
      let known = stats[row];
      let least = Cell(select(-1e30, -60.0, mixed));
      ${eachCell(`
        var gradient = Cell();
        if (factor != 0.0) {
          let s = student[c];
          let t = teacher[c];
          let p = exp(s * inverseT - known.x);
          let toStudent = (s - t) * inverseT - known.z;
          if (toTeacher == 0.0) {
            let larger = max(p, exp(t * inverseT - known.y));
            gradient = factor * sign(toStudent) * -larger * rise(-abs(toStudent));
          } else {
            let ratio = max(select(-toStudent, toStudent, studentIsB), least);
            var slope = select(ratio, Cell(), studentIsB);
            if (mixed) {
              let y = share * rise(-ratio);
              let ofM = logarithm(1.0 + y, Cell(1.0), y);
              slope += ofM.ahead + ofM.tail;
            }
            gradient = -factor * p * (slope + known.w);
          }
        }
        out0[c] = gradient;`)}`),
  };
};
