/**
 * Attention on the GPU. A tile is a few rows of one head's L x L square: some queries against all keys, or (for the
 * gradients of keys and values) some keys against all queries. What is loaded for one row then serves them all.
 *
 * On a GPU a tile is a workgroup's, whose invocations share the columns and exchange maxima and sums. On an emulated
 * one, where barriers and loads cost most, a tile is larger and one invocation's.
 */
import { f32, type GpuProgram, type GpuTraits, u32 } from '../backends/gpuProgram';
import { folded, mainWgsl } from '../backends/rowwise';
import { type FusedKernel, type Shapes, sizeOf } from '../kernel';
import {
  type AttentionAttributes,
  type AttentionGradientAttributes,
  attentionSizes,
  paddingPenalty,
} from './reference';

type Sizes = ReturnType<typeof attentionSizes>;

/** How a tile is worked on. */
interface Share {
  /** Rows of the tile, a multiple of 4. */
  rows: number;
  /** Invocations that share it. */
  lanes: number;
  /** Columns of the square that an invocation works on at a time, and parts of a head where sums are formed. */
  columns: number;
  parts: number;
  workgroup: number;
}

const shareOf = ({ software }: GpuTraits): Share =>
  software
    ? { rows: 8, lanes: 1, columns: 4, parts: 2, workgroup: 8 }
    : { rows: 4, lanes: 32, columns: 1, parts: 1, workgroup: 32 };

const each = (count: number, text: (i: number) => string, separator = '\n') =>
  Array.from({ length: count }, (_, i) => text(i)).join(separator);
/** Text for each quad of a tile's rows: numbers that rows have one of are kept in vectors over four rows. */
const quads = ({ rows }: Share, text: (q: number) => string) => each(rows / 4, text);
const quad = (q: number, text: (row: number) => string) => `vec4f(${each(4, (i) => text(4 * q + i), ', ')})`;

/** The widest vector that divides the columns of a head. */
function partOf({ headSize }: Sizes) {
  if (headSize % 4 === 0) return { width: 4, type: 'vec4<f32>' } as const;
  return headSize % 2 === 0
    ? ({ width: 2, type: 'vec2<f32>' } as const)
    : ({ width: 1, type: 'f32' } as const);
}

/**
 * A program that runs `body` for each tile. The arrays named in `inParts` are read in vectors of a head's columns.
 * Rows beyond the last are taken to be the last: all that is written for them is the same once more.
 */
function tiled(
  sizes: Sizes,
  { rows, lanes, workgroup }: Share,
  { label, inParts, rest, body }: { label: string; inParts: string[]; rest: string[]; body: string },
): GpuProgram {
  const { batch, length, heads, d, headSize, scale } = sizes;
  const { width, type } = partOf(sizes);
  const tiles = batch * heads * Math.ceil(length / rows);
  return {
    label,
    bindings: [...inParts.map((name) => ({ name, type })), ...rest.map((name) => ({ name }))],
    uniforms: {
      tiles: u32(tiles),
      length: u32(length),
      heads: u32(heads),
      d: u32(d / width),
      parts: u32(headSize / width),
      scale: f32(scale),
    },
    code: `
alias Part = ${type};
const lanes = ${lanes}u;
${lanes > 1 ? `var<workgroup> exchange: array<vec4f, lanes>;` : ''}
fn inner(a: Part, b: Part) -> f32 { return ${width === 1 ? 'a * b' : 'dot(a, b)'}; }

${mainWgsl(workgroup)}
  let tile = ${workgroup > lanes ? `group * ${workgroup / lanes}u + local / lanes` : 'group'};
  let lane = local % lanes;
  if (tile >= u.tiles) { return; }
  let L = u.length;
  let d = u.d;
  let parts = u.parts;
  let tilesOfHead = (L + ${rows - 1}u) / ${rows}u;
  let head = tile / tilesOfHead; // counted over all sequences
  let square = head * L * L;
  let token = head / u.heads * L;
  let column = head % u.heads * parts;
  ${each(rows, (r) => `let row${r} = min(tile % tilesOfHead * ${rows}u + ${r}u, L - 1u);`)}
  ${body}
}`,
    workgroups: folded(Math.ceil((tiles * lanes) / workgroup)),
  };
}

/** Where a token's part of this head begins, in qkv (0 query, 1 key, 2 value) and in the context. */
const inQkv = (n: string, which: 0 | 1 | 2) => `((token + ${n}) * 3u + ${which}u) * d + column`;
const inContext = (n: string) => `(token + ${n}) * d + column`;
const inSquare = (row: string, column: string) => `square + ${row} * L + ${column}`;

/**
 * The products of the tile's rows (parts of `array` that begin at `from`) with the keys (1) or values (2) of all
 * tokens j, handed to `use` as vectors x for the rows of quad q.
 */
function products(
  share: Share,
  { array, from, which }: { array: string; from: (row: string) => string; which: 1 | 2 },
  use: (x: string, q: number, j: string) => string,
) {
  const { rows, lanes, columns } = share;
  return `
  ${each(rows, (r) => `let from${r} = ${from(`row${r}`)};`)}
  for (var j = lane; j < L; j += ${columns * lanes}u) {
    ${each(columns, (i) => `let j${i} = select(j, j + ${i * lanes}u, j + ${i * lanes}u < L);`)}
    ${each(columns, (i) => `let to${i} = ${inQkv(`j${i}`, which)};`)}
    ${each(columns, (i) => quads(share, (q) => `var x${i}${q} = vec4f();`))}
    for (var c = 0u; c < parts; c++) {
      ${each(rows, (r) => `let a${r} = ${array}[from${r} + c];`)}
      ${each(
        columns,
        (i) => `
      let b${i} = qkv[to${i} + c];
      ${quads(share, (q) => `x${i}${q} += ${quad(q, (r) => `inner(a${r}, b${i})`)};`)}`,
      )}
    }
    ${each(columns, (i) => quads(share, (q) => use(`x${i}${q}`, q, `j${i}`)))}
  }`;
}

const read = (array: string, q: number) => quad(q, (r) => `${array}[${inSquare(`row${r}`, 'j')}]`);
const write = (array: string, q: number, j: string, x: string, times: (row: string) => string = () => '') =>
  each(4, (i) => {
    const row = `row${4 * q + i}`;
    return `${array}[${inSquare(row, j)}] = ${x}[${i}]${times(row)};`;
  });

/** Writes new values into the tile's rows of `array`; all are read first, since the last row may be there twice. */
const update = (
  share: Share,
  array: string,
  value: (q: number) => string,
  use: (x: string, q: number) => string = () => '',
) => `
  for (var j = lane; j < L; j += lanes) {
    ${quads(share, (q) => `let x${q} = ${value(q)};`)}
    ${quads(share, (q) => `${use(`x${q}`, q)} ${write(array, q, 'j', `x${q}`)}`)}
  }`;

/** Makes of `x`, which each invocation has for its own columns, that of all columns. */
const combine = (share: Share, x: string, join: (a: string, b: string) => string) =>
  share.lanes === 1
    ? ''
    : quads(
        share,
        (q) => `
  workgroupBarrier();
  exchange[lane] = ${x}${q};
  workgroupBarrier();
  ${x}${q} = exchange[0];
  for (var l = 1u; l < lanes; l++) { ${x}${q} = ${join(`${x}${q}`, 'exchange[l]')}; }`,
      );

/** The sum over all tokens n of `weight` times the part of `array` at `from`, for each row; `into` is in out0. */
function weightedSums(
  { rows, lanes, parts }: Share,
  sum: { weight: (row: string) => string; array: string; from: string; into: (row: string) => string },
) {
  return `
  for (var c = lane; c < parts; c += ${parts * lanes}u) {
    ${each(parts, (p) => `let c${p} = select(c, c + ${p * lanes}u, c + ${p * lanes}u < parts);`)}
    ${each(rows, (r) => each(parts, (p) => `var y${r}${p} = Part();`))}
    for (var n = 0u; n < L; n++) {
      let at = ${sum.from};
      ${each(parts, (p) => `let x${p} = ${sum.array}[at + c${p}];`)}
      ${each(
        rows,
        (r) => `
      let w${r} = ${sum.weight(`row${r}`)};
      ${each(parts, (p) => `y${r}${p} += w${r} * x${p};`)}`,
      )}
    }
    ${each(rows, (r) => each(parts, (p) => `out0[${sum.into(`row${r}`)} + c${p}] = y${r}${p};`))}
  }`;
}

/** What dropout makes of a cell of the square, as WGSL behind it. */
const factor = ({ factors }: Shapes, row: string, column: string) =>
  factors ? ` * factors[${inSquare(row, column)}]` : '';

export const attentionPrograms: FusedKernel<AttentionAttributes>['gpu'] = (
  shapes,
  { heads, keepScores },
  traits,
) => {
  const sizes = attentionSizes(shapes, shapes.mask[1], heads);
  const share = shareOf(traits);
  const body = `
  ${quads(share, (q) => `var largest${q} = vec4f(-1e30); var sum${q} = vec4f();`)}
  ${products(
    share,
    { array: 'qkv', from: (row) => inQkv(row, 0), which: 1 },
    (x, q, j) => `
    ${x} *= u.scale;
    ${keepScores ? write('out2', q, j, x) : ''}
    ${x} += (mask[token + ${j}] - 1) * ${paddingPenalty};
    largest${q} = max(largest${q}, ${x});
    ${write('out1', q, j, x)}`,
  )}
  ${combine(share, 'largest', (a, b) => `max(${a}, ${b})`)}
  ${update(
    share,
    'out1',
    (q) => `exp(${read('out1', q)} - largest${q})`,
    (x, q) => `sum${q} += ${x};`,
  )}
  ${combine(share, 'sum', (a, b) => `${a} + ${b}`)}
  ${update(share, 'out1', (q) => `${read('out1', q)} / sum${q}`)}
  ${share.lanes > 1 ? 'storageBarrier();' : ''}
  ${weightedSums(share, {
    weight: (row) => `out1[${inSquare(row, 'n')}]${factor(shapes, row, 'n')}`,
    array: 'qkv',
    from: inQkv('n', 2),
    into: inContext,
  })}`;
  const rest = ['mask', 'out1', ...(keepScores ? ['out2'] : []), ...(shapes.factors ? ['factors'] : [])];
  return [tiled(sizes, share, { label: 'attention', inParts: ['qkv', 'out0'], rest, body })];
};

export const attentionGradientPrograms: FusedKernel<AttentionGradientAttributes>['gpu'] = (
  shapes,
  { heads },
  traits,
) => {
  const sizes = attentionSizes(shapes, shapes.probabilities[2], heads);
  const share = shareOf(traits);

  // Scratch takes dP, then dS/√k.
  const slope = (q: number) => `${read('probabilities', q)} * (${read('scratchScores', q)} - sum${q})`;
  const ofQueries = `
  ${quads(share, (q) => `var sum${q} = vec4f();`)}
  ${products(share, { array: 'dcontext', from: inContext, which: 2 }, (x, q, j) =>
    write('scratchScores', q, j, x, (row) => factor(shapes, row, j)),
  )}
  for (var j = lane; j < L; j += lanes) {
    ${quads(share, (q) => `sum${q} += ${read('probabilities', q)} * ${read('scratchScores', q)};`)}
  }
  ${combine(share, 'sum', (a, b) => `${a} + ${b}`)}
  ${update(
    share,
    'scratchScores',
    (q) => `u.scale * (${slope(q)}${shapes.dscores ? ` + ${read('dscores', q)}` : ''})`,
  )}
  ${share.lanes > 1 ? 'storageBarrier();' : ''}
  ${weightedSums(share, {
    weight: (row) => `scratchScores[${inSquare(row, 'n')}]`,
    array: 'qkv',
    from: inQkv('n', 1),
    into: (row) => inQkv(row, 0),
  })}`;

  // Here the rows of the tile are keys, columns of the square.
  const ofKeys = weightedSums(share, {
    weight: (row) => `scratchScores[${inSquare('n', row)}]`,
    array: 'qkv',
    from: inQkv('n', 0),
    into: (row) => inQkv(row, 1),
  });
  const ofValues = weightedSums(share, {
    weight: (row) => `probabilities[${inSquare('n', row)}]${factor(shapes, 'n', row)}`,
    array: 'dcontext',
    from: inContext('n'),
    into: (row) => inQkv(row, 2),
  });

  const inParts = ['dcontext', 'qkv', 'out0'];
  const rest = ['probabilities', 'scratchScores', ...(shapes.factors ? ['factors'] : [])];
  return [
    {
      ...tiled(sizes, share, {
        label: 'attentionGradient of queries',
        inParts,
        rest: [...rest, ...(shapes.dscores ? ['dscores'] : [])],
        body: ofQueries,
      }),
      scratch: { scratchScores: sizeOf(shapes.probabilities) },
    },
    tiled(sizes, share, {
      label: 'attentionGradient of keys and values',
      inParts,
      rest,
      body: ofKeys + ofValues,
    }),
  ];
};
