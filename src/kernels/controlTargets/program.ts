/** Targets in place of the teacher's on the GPU, each in one dispatch. */
import { type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { eachCell, logitRows } from '../backends/logitRows';
import { flatLayout, inCells } from '../backends/rowwise';
import { type Shapes, sizeOf } from '../kernel';
import { type ControlTargetsAttributes, halvings, largestRise, leftOutBy } from './reference';

/** What programs that go over a row of logits at a time are made of; `wgsl` ends with `top`, the largest logit of the row. */
function rowwise({ teacher: [rows, V] }: Shapes, traits: GpuTraits) {
  const row = logitRows(rows, V, traits);
  return {
    inFours: V % 4 === 0,
    uniforms: { ...row.uniforms, words: u32(V) },
    workgroups: row.workgroups,
    wgsl: `${row.wgsl}
      var own = -1e30;
      ${eachCell('own = max(own, largest(teacher[c]));')}
      let top = rowMax(lane, vec4f(own, 0.0, 0.0, 0.0)).x;`,
  };
}

export function controlTargetsProgram(
  shapes: Shapes,
  { keep }: ControlTargetsAttributes,
  traits: GpuTraits,
): GpuProgram {
  const [, V] = shapes.teacher;
  const { inFours, uniforms, workgroups, wgsl } = rowwise(shapes, traits);
  // Without the gold word's own exponential, which may be so large that the others are lost beside it.
  const riseOfGold = `
    var sum = Cell();
    ${eachCell(`
      var e = exp((teacher[c] - top) * inverseT);
      if (c == goldCell) { e${inFours ? '[word % 4]' : ''} = 0.0; }
      sum += e;`)}
    let rest = max(rowSum(lane, vec4f(total(sum), 0.0, 0.0, 0.0)).x, 1e-30);
    let ofGold = teacher[goldCell]${inFours ? '[word % 4]' : ''};
    rise = select((ofGold - top) * inverseT - log(rest) + log(max(others, 1.0)), 0.0, others == 0.0);`;
  const riseOfEntropy = `
    var sum = Cell();
    var weighted = Cell();
    ${eachCell(`
      let x = (teacher[c] - top) * inverseT;
      let e = exp(x);
      sum += e;
      weighted += e * x;`)}
    let sums = rowSum(lane, vec4f(total(sum), total(weighted), 0.0, 0.0));
    let entropy = log(sums.x) - sums.y / sums.x;
    var low = 0.0;
    var high = f32(${largestRise});
    for (var i = 0; i < ${halvings}; i++) {
      let middle = 0.5 * (low + high);
      let odds = others * exp(-middle);
      if (middle * odds / (1.0 + odds) + log(1.0 + odds) > entropy) { low = middle; } else { high = middle; }
    }
    rise = 0.5 * (low + high);`;
  return {
    label: 'controlTargets',
    bindings: [
      ...inCells(V, 'teacher'),
      { name: 'temperature' },
      { name: 'gold', type: 'i32' },
      ...inCells(V, 'out0'),
    ],
    uniforms,
    workgroups,
    code: `${wgsl}
      let T = temperature[0];
      let inverseT = 1.0 / T;
      let word = gold[row];
      let goldCell = start + u32(max(word, 0)) / ${inFours ? 4 : 1}u;
      let others = f32(u.words - 1u);
      var rise = 0.0;
      if (word >= 0) { ${keep === 'gold' ? riseOfGold : riseOfEntropy} }
      ${eachCell(`
        var result = Cell();
        if (word >= 0 && c == goldCell) { result${inFours ? '[word % 4]' : ''} = T * rise; }
        out0[c] = result;`)}
    }`,
  };
}

export function shuffledTargetsProgram(
  { teacher }: Shapes,
  _attributes: object,
  traits: GpuTraits,
): GpuProgram {
  const count = sizeOf(teacher);
  const { main, workgroups } = flatLayout(count, traits);
  return {
    label: 'shuffledTargets',
    bindings: [
      { name: 'teacher' },
      { name: 'permutation', type: 'i32' },
      { name: 'gold', type: 'i32' },
      { name: 'goldPreimages', type: 'i32' },
      { name: 'out0' },
    ],
    uniforms: { count: u32(count), words: u32(teacher[1]) },
    workgroups,
    code: `${main}
        let row = i / u.words;
        let word = i32(i % u.words);
        let goldWord = gold[row];
        var source = permutation[word];
        if (word == goldWord) {
          source = word;
        } else if (goldWord >= 0 && word == goldPreimages[row]) {
          source = permutation[goldWord];
        }
        out0[i] = teacher[row * u.words + u32(source)];
      }
    }`,
  };
}

/**
 * The least logit that is kept, `bound`, is looked for by halving the interval of bits: as whole numbers (`orderOf`) they
 * are ordered as the numbers that they stand for. Then every lane takes neighbouring cells, so that of those that equal
 * the bound the first ones are kept.
 */
export function topTargetsProgram(shapes: Shapes, _attributes: object, traits: GpuTraits): GpuProgram {
  const [, V] = shapes.teacher;
  const { inFours, uniforms, workgroups, wgsl } = rowwise(shapes, traits);
  const Order = inFours ? 'vec4<i32>' : 'i32';
  const count = (condition: string) =>
    inFours ? `dot(select(vec4f(), vec4f(1.0), ${condition}), vec4f(1.0))` : `select(0.0, 1.0, ${condition})`;
  const before = traits.software
    ? 'fn sumBefore(lane: u32, own: f32) -> f32 { return 0.0; }'
    : `fn sumBefore(lane: u32, own: f32) -> f32 {
        exchange[lane].x = own;
        workgroupBarrier();
        var sum = 0.0;
        for (var i = 0u; i < lane; i++) { sum += exchange[i].x; }
        return sum;
      }`;
  const neighbours = (text: string) => `
    for (var c = begin; c < min(begin + share, start + u.cells); c++) {
      let order = orderOf(teacher[c]);
      ${text}
    }`;
  const keepEqual = (part: string) =>
    `if (order${part} == bound && free > 0.0) { result${part} = teacher[c]${part}; free -= 1.0; }`;
  return {
    label: 'topTargets',
    bindings: [...inCells(V, 'teacher'), { name: 'count' }, ...inCells(V, 'out0')],
    uniforms,
    workgroups,
    code: `${before}
      alias Order = ${Order};
      fn orderOf(x: Cell) -> Order {
        let bits = bitcast<Order>(x);
        let order = select(bits, bits ^ Order(0x7fffffff), bits < Order(0));
        return select(order, Order(0), order == Order(-1)); // -0 is 0
      }
      ${wgsl}
      let wanted = clamp(round(count[0]), 1.0, f32(u.words));
      var bound = i32(-2147483648); // as many as wanted are this or more
      var high = i32(0x7f800001); // fewer are this or more: \`above\`
      var above = 0.0;
      for (var i = 0; i < 32; i++) {
        let middle = bound + bitcast<i32>((bitcast<u32>(high) - bitcast<u32>(bound)) / 2u);
        var sum = 0.0;
        ${eachCell(`sum += ${count('orderOf(teacher[c]) >= Order(middle)')};`)}
        let reaching = rowSum(lane, vec4f(sum, 0.0, 0.0, 0.0)).x;
        ${traits.software ? 'if (reaching == wanted) { bound = middle - 1; above = wanted; break; }' : ''}
        if (reaching >= wanted) { bound = middle; } else { high = middle; above = reaching; }
      }
      let share = (u.cells + lanes - 1u) / lanes;
      let begin = start + lane * share;
      var equal = 0.0;
      ${neighbours(`equal += ${count('order == Order(bound)')};`)}
      var free = wanted - above - sumBefore(lane, equal);
      ${neighbours(`
        var result = select(Cell(top - ${leftOutBy}), teacher[c], order > Order(bound));
        ${inFours ? ['.x', '.y', '.z', '.w'].map(keepEqual).join('\n') : keepEqual('')}
        out0[c] = result;`)}
    }`,
  };
}
