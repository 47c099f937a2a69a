/** Compares the layers of students with those of whom they learn from, on held-out text. */
import * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import type { LayerLikeness, LikenessPoint, Through } from '../config/likeness';
import type { Needs } from '../config/needs';
import type { Batch } from '../data/batches';
import { linear } from '../kernels/matMul/matMul';
import { trainedProjection } from '../methods/tinybert';
import type { Weights } from '../model/initialise';
import { BatchTensors } from './batchTensors';
import { batchSizes, sizesOf } from './evaluation';
import { forward } from './forward';
import { type BatchSums, cosinesOf, crossOf, debiasedCka, type Levels, levelsOf, unitRows } from './likeness';
import { disposeModel, frozenModel, type Model } from './model';

/** A student, with the numbers that it has now or had at the start. */
export type Compared = Model & { arm: Arm };

export type Comparison = Pick<LikenessPoint, 'sequences' | 'tokens' | 'arms'>;

/** Hidden states alone: no logits, no attention. */
const nothingElse: Needs = { allLogits: false, maskedLogits: false, scores: false, qkv: [] };

/** What is kept of the teachers on the sample, in bytes: the default one takes some 20 MB. */
const mostBytes = 64 * 1024 * 1024;

interface Kept {
  levels: Omit<Levels, 'states'>;
  units: tf.Tensor2D[];
}

/** How a student is compared: with whom, and how many levels both have. */
interface Wired {
  student: Compared;
  source: Model;
  levels: number;
  sources: number;
  through: (Through | null)[];
}

export class LayerComparer {
  /** Of teachers, whose weights never change, by model and batch. */
  private readonly kept = new Map<Model, Map<Batch, Kept>>();
  private bytes = 0;

  constructor(private readonly teachers: readonly Model[]) {}

  /**
   * One pass of each model on each batch: students of one teacher share its. Attention is dropped nowhere, words are masked as
   * in training.
   * @param pause awaited after each batch; what it throws ends the comparison
   * @param weightsOf weights to compare in place of those that students have
   */
  async compare(
    students: readonly Compared[],
    batches: readonly Batch[],
    pause: () => Promise<void>,
    weightsOf: ((arm: Arm) => Weights) | null = null,
  ): Promise<Comparison> {
    if (!weightsOf) return this.measured(students, batches, pause);
    const made = students.map(({ arm, shape, head }) => ({
      ...frozenModel(shape, weightsOf(arm), head),
      arm,
    }));
    try {
      return await this.measured(made, batches, pause);
    } finally {
      for (const model of made) disposeModel(model);
    }
  }

  private async measured(
    students: readonly Compared[],
    batches: readonly Batch[],
    pause: () => Promise<void>,
  ): Promise<Comparison> {
    const wired = students.flatMap((student) => this.wiredTo(student, students));
    const counts = batches.filter(({ tokenCount }) => tokenCount > 0);
    const found = { sequences: 0, tokens: 0, arms: {} };
    if (wired.length === 0 || counts.length === 0) return found;
    const inputs = new BatchTensors(batchSizes(counts[0], ...sizesOf(students[0])));
    const readings: ArrayLike<number>[] = [];
    try {
      for (const batch of counts) {
        inputs.write(batch, null);
        const measured = tf.tidy(() => this.measure(wired, batch, inputs));
        try {
          readings.push(await measured.data());
        } finally {
          measured.dispose();
        }
        await pause();
      }
    } finally {
      inputs.dispose();
    }
    const total = (of: (batch: Batch) => number) => counts.reduce((sum, batch) => sum + of(batch), 0);
    return {
      sequences: total(({ sequenceCount }) => sequenceCount),
      tokens: total(({ tokenCount }) => tokenCount),
      arms: likenessOf(wired, counts, readings),
    };
  }

  dispose() {
    for (const batches of this.kept.values()) {
      for (const kept of batches.values()) tf.dispose(tensorsOf(kept));
    }
    this.kept.clear();
    this.bytes = 0;
  }

  /** Whom the student's mapping names layers of: an ensemble has none of its own, and is the first teacher here. */
  private wiredTo(student: Compared, students: readonly Compared[]): Wired[] {
    const { arm, shape } = student;
    const { taughtBy } = arm;
    const source =
      taughtBy?.kind === 'arm'
        ? students.find((other) => other.arm.id === taughtBy.id)
        : this.teachers[taughtBy?.kind === 'member' ? taughtBy.index - 1 : 0];
    if (!source) return [];
    const levels = shape.layers + 1;
    const through = Array.from({ length: levels }, (_, level): Through | null => {
      if (projectionOf(student, level)) return 'projection';
      return shape.hiddenSize === source.shape.hiddenSize ? 'itself' : null;
    });
    return [{ student, source, levels, sources: source.shape.layers + 1, through }];
  }

  /** Of each student and its source: `own` of both, `crossOf`, and the sums of cosines; all in one row. */
  private measure(wired: readonly Wired[], batch: Batch, inputs: BatchTensors): tf.Tensor1D {
    // More than half of a batch may be padding: what follows costs as much as there are tokens.
    const tokens = tf.tensor1d(placesOf(batch), 'int32');
    const passes = new Map<Model, Levels>();
    const levelsIn = (model: Model): Levels => {
      const known = passes.get(model);
      if (known) return known;
      const { hiddenStates } = forward(model, inputs, nothingElse).encoder;
      const levels = levelsOf(hiddenStates.map((states) => tf.gather(states, tokens)));
      passes.set(model, levels);
      return levels;
    };
    const sourceIn = (model: Model): Kept => {
      const known = this.kept.get(model)?.get(batch);
      if (known) return known;
      const { states, ...levels } = levelsIn(model);
      const kept = { levels, units: states.map(unitRows) };
      if (this.teachers.includes(model)) this.keep(model, batch, kept);
      return kept;
    };
    const parts = wired.flatMap(({ student, source, through }) => {
      const { levels: teacher, units } = sourceIn(source);
      const own = levelsIn(student);
      const rows = own.states.flatMap((states, level) =>
        through[level] ? [unitRows(projected(student, level, states))] : [],
      );
      const cosines = rows.length > 0 ? [cosinesOf(rows, units)] : [];
      return [own.own, teacher.own, crossOf(own, teacher), ...cosines];
    });
    return tf.concat(parts.map((part) => part.flatten())) as tf.Tensor1D;
  }

  private keep(model: Model, batch: Batch, kept: Kept) {
    const tensors = tensorsOf(kept);
    const bytes = tensors.reduce((sum, { size }) => sum + 4 * size, 0);
    if (this.bytes + bytes > mostBytes) return;
    for (const tensor of tensors) tf.keep(tensor);
    const ofModel = this.kept.get(model) ?? new Map<Batch, Kept>();
    this.kept.set(model, ofModel.set(batch, kept));
    this.bytes += bytes;
  }
}

/** Rows of a batch that are no padding, [tokenCount]. */
const placesOf = ({ attentionMask }: Batch): number[] =>
  Array.from(attentionMask.keys()).filter((place) => attentionMask[place] > 0);

const tensorsOf = ({ levels: { centred, squares, own }, units }: Kept): tf.Tensor[] => [
  ...centred,
  squares,
  own,
  ...units,
];

/** The name of a projection that is trained at this level; null where there is none. */
function projectionOf({ arm, parameters }: Compared, level: number): string | null {
  const name = trainedProjection(arm, level);
  return name !== null && parameters[`${name}.weight`] ? name : null;
}

/** H W + b where the level has a trained projection, H as it is elsewhere. */
function projected(student: Compared, level: number, states: tf.Tensor2D): tf.Tensor2D {
  const name = projectionOf(student, level);
  if (name === null) return states;
  const [weight, bias] = ['weight', 'bias'].map((part) => student.parameters[`${name}.${part}`]);
  return linear(states, weight as tf.Tensor2D, bias as tf.Tensor1D);
}

function likenessOf(
  wired: readonly Wired[],
  batches: readonly Batch[],
  readings: readonly ArrayLike<number>[],
): Record<string, LayerLikeness> {
  const numbers = readings.map((values) => Float64Array.from(values));
  let at = 0;
  /** The next `width` numbers of each batch. */
  const take = (width: number) => {
    at += width;
    return numbers.map((values) => values.subarray(at - width, at));
  };
  const tokens = batches.reduce((sum, { tokenCount }) => sum + tokenCount, 0);
  return Object.fromEntries(
    wired.map(({ student: { arm }, levels, sources, through }) => {
      const [own, teachers, cross] = [take(3 * levels), take(3 * sources), take(2 * levels * sources)];
      const sums = batches.map(
        ({ tokenCount }, i): BatchSums => ({
          tokens: tokenCount,
          student: own[i],
          teacher: teachers[i],
          cross: cross[i],
        }),
      );
      const cosine = through.map((way) => {
        if (!way) return null;
        const rows = take(sources);
        return Array.from({ length: sources }, (_, t) => rows.reduce((sum, row) => sum + row[t], 0) / tokens);
      });
      const cka = debiasedCka(sums, levels, sources);
      return [arm.id, { mapping: arm.mapping, cka, cosine, through }];
    }),
  );
}
