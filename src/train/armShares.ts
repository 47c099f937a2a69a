/** The terms of an arm's objective on one batch, computed by the methods that they are of. */
import type * as tf from '@tensorflow/tfjs';
import type { Arm } from '../config/experiment';
import { predictionRows, type RowsName, teacherQkvLayer } from '../config/needs';
import type { Comparison, Pair, Side, TeacherSide } from '../methods/method';
import { choiceOf, dialOf } from '../methods/plan';
import { type MethodId, methodOf, readingsOf, type TermId, termOf } from '../methods/registry';
import type { TeacherSignal } from '../methods/signals';
import { controlOf } from '../methods/softTargets';
import type { BatchTensors } from './batchTensors';
import type { Forward } from './forward';
import { partOf } from './numbers';
import type { TermShares } from './objective';
import { ops } from './ops';

/** An arm's numbers on the device: T, the teacher's T, and live dials and scheduled numbers by name. */
export interface ArmScalars {
  temperature: tf.Tensor1D;
  teacherTemperature: tf.Tensor1D;
  scalar: (name: string) => tf.Tensor1D;
}

/** Those of a block of numbers, `partsOfNumbers`. */
export const scalarsOf = (parts: Record<string, tf.Tensor>): ArmScalars => ({
  temperature: parts.temperature as tf.Tensor1D,
  teacherTemperature: parts.teacherTemperature as tf.Tensor1D,
  scalar: (name) => parts[partOf(name)] as tf.Tensor1D,
});

export interface ArmPass {
  arm: Arm;
  /** Null where there is no teacher. */
  pair: Pair | null;
  terms: TermId[];
  student: Forward;
  /** Whom the arm learns from: several for an ensemble, none where there is no teacher. */
  teachers: Forward[];
  batch: BatchTensors;
  parameters: Record<string, tf.Tensor>;
  scalars: ArmScalars;
}

/**
 * The given terms as shares. Terms that compare with the teacher need its pass; where there is none they are left out.
 * @throws Error where a method gives no shares for a term or a reading of its own, or reads what the term does not name
 */
export function armShares(pass: ArmPass): TermShares[] {
  const taught = pass.teachers.length > 0;
  const terms = pass.terms.filter((term) => taught || termOf(term).reads.teacher.length === 0);
  const owners = [...new Set(terms.map((term) => termOf(term).owner as MethodId))];
  const rows = predictionRows(pass.arm, pass.terms);
  const targets = once(() => softTargets(pass, rows));
  return owners.flatMap((owner) => {
    const own = terms.filter((term) => termOf(term).owner === owner);
    const shares = methodOf(owner).shares(comparison(pass, owner, own, rows, targets), ops) as TermShares[];
    const given = new Set(shares.flatMap((part) => part.terms));
    const forgotten = [...own, ...readingsOf(own)].find((name) => !given.has(name));
    if (forgotten) throw new Error(`${owner} gives no shares for its ${forgotten}`);
    return shares;
  });
}

function comparison(
  { arm, pair, student, teachers, batch, parameters, scalars }: ArmPass,
  owner: MethodId,
  terms: TermId[],
  rows: RowsName,
  targets: () => tf.Tensor2D,
): Comparison {
  const method = methodOf(owner);
  const named = (side: 'student' | 'teacher') =>
    new Set<TeacherSignal>(terms.flatMap((term) => termOf(term).reads[side]));
  const { lists = {} } = method;
  const layer = pair && terms.length > 0 ? teacherQkvLayer(terms[0], pair) : 0;
  const { sizes, input, tokenShares, sequenceShares } = batch;
  return {
    student: sideOf(owner, student, named('student'), rows, arm.student.layers),
    get teacher() {
      if (teachers.length === 0) throw new Error(`${owner} asks for a teacher, and there is none`);
      const side = sideOf(owner, ofAll(teachers, arm), named('teacher'), rows, layer);
      return teacherSide(owner, side, named('teacher'), {
        targets,
        guesses: () => guessesOf(teachers, arm, rows),
      });
    },
    rows: batch.rows[rows],
    batch: { ...sizes, attentionMask: input.attentionMask, tokenShares, sequenceShares },
    get pair() {
      if (!pair) throw new Error(`${owner} asks for a teacher, and there is none`);
      return pair;
    },
    temperature: scalars.temperature,
    has: (term) => (terms as string[]).includes(term),
    dial: (name) => dialOf(method, arm, name),
    choice: (name) => choiceOf(method, arm, name),
    list: (name) => {
      if (!lists[name]) throw new Error(`${owner} names no list ${name}`);
      return arm.lists[name as keyof Arm['lists']] ?? lists[name].initial(pair!);
    },
    scalar: (name) => {
      if (!method.schedules?.[name] && !method.dials?.[name]?.live) {
        throw new Error(`${owner} names no live dial and no schedule ${name}`);
      }
      return scalars.scalar(name);
    },
    extra: (name) => {
      if (!pair || !method.extra?.parameters(pair)[name])
        throw new Error(`${owner} adds no parameter ${name}`);
      return parameters[name];
    },
  };
}

/** A pass of which a method sees what its terms name. `layer`, counted from 1: whose queries, keys and values. */
function sideOf(
  owner: MethodId,
  { encoder, hidden, allLogits, maskedLogits }: Forward,
  named: ReadonlySet<TeacherSignal>,
  rows: RowsName,
  layer: number,
): Side {
  const asNamed = <T>(value: T | null, ...signals: TeacherSignal[]): T => {
    if (!signals.some((signal) => named.has(signal)) || value === null) {
      throw new Error(`${owner} reads ${signals[0]}, which none of its terms names`);
    }
    return value;
  };
  return {
    get logits() {
      return asNamed(rows === 'all' ? allLogits : maskedLogits, 'logits');
    },
    get hidden() {
      return asNamed(hidden, 'hidden');
    },
    get states() {
      return asNamed(encoder.hiddenStates, 'states', 'inner', 'embedding');
    },
    get scores() {
      return asNamed(encoder.attentionScores, 'scores');
    },
    get qkv() {
      return asNamed(encoder.qkv[layer - 1], 'queries', 'keys', 'values');
    },
  };
}

function teacherSide(
  owner: MethodId,
  side: Side,
  named: ReadonlySet<TeacherSignal>,
  made: { targets: () => tf.Tensor2D; guesses: () => tf.Tensor1D },
): TeacherSide {
  const asNamed = <Name extends keyof typeof made>(name: Name) => ({
    get: () => {
      if (!named.has(name)) throw new Error(`${owner} reads ${name}, which none of its terms names`);
      return made[name]();
    },
  });
  return Object.defineProperties(side as TeacherSide, {
    targets: asNamed('targets'),
    guesses: asNamed('guesses'),
  });
}

/**
 * One pass of several: the mean of their logits, of which a mean of probabilities has none. Of layers they have none in common
 * either; nobody who learns from several asks.
 */
function ofAll(passes: Forward[], { taughtBy }: Arm): Forward {
  const [first] = passes;
  if (passes.length === 1) return first;
  const ofLogits = taughtBy?.kind === 'ensemble' && taughtBy.mean === 'logits';
  const mean = (of: 'allLogits' | 'maskedLogits') =>
    ofLogits && passes.every((pass) => pass[of]) ? meanOf(passes.map((pass) => pass[of]!)) : null;
  return { ...first, allLogits: mean('allLogits'), maskedLogits: mean('maskedLogits') };
}

const logitsOf = (teachers: Forward[], rows: RowsName): tf.Tensor2D[] =>
  teachers.map(({ allLogits, maskedLogits }) => (rows === 'all' ? allLogits : maskedLogits)!);

/** The most probable word of each row at T = 1, [R] int32. */
function guessesOf(teachers: Forward[], arm: Arm, rows: RowsName): tf.Tensor1D {
  const logits = logitsOf(teachers, rows);
  const asked = logits.length === 1 ? logits[0] : together(logits, arm, ops.tf.tensor1d([1]));
  return asked.argMax(1) as tf.Tensor1D;
}

const meanOf = (logits: tf.Tensor2D[]): tf.Tensor2D => ops.tf.addN(logits).div(logits.length) as tf.Tensor2D;

/**
 * Logits that an arm's soft targets are made of: the teacher's or a control's, and at a temperature of their own scaled so
 * that they are right at the student's: softmax(z T_s/T_t / T_s) = softmax(z / T_t).
 */
function softTargets({ arm, teachers, batch, scalars }: ArmPass, rows: RowsName): tf.Tensor2D {
  const { targets } = controlOf(arm.softTargets);
  const { gold, goldPreimages } = batch.rows[rows];
  const apart = arm.teacherTemperature !== undefined;
  const temperature = apart ? scalars.teacherTemperature : scalars.temperature;
  const asked = together(logitsOf(teachers, rows), arm, temperature);
  const { permutation } = batch;
  const { scalar } = scalars;
  const logits = targets
    ? targets({ logits: asked, temperature, gold, permutation, goldPreimages, scalar }, ops)
    : asked;
  return apart ? logits.mul(scalars.temperature.div(temperature)) : logits;
}

/** Several teachers' logits as one: their mean, or logits whose softmax at T is the mean of the softened probabilities. */
function together(logits: tf.Tensor2D[], { taughtBy }: Arm, T: tf.Tensor1D): tf.Tensor2D {
  if (logits.length === 1) return logits[0];
  if (taughtBy?.kind === 'ensemble' && taughtBy.mean === 'logits') return meanOf(logits);
  const probabilities = logits.map((one) => ops.tf.softmax(one.div(T)) as tf.Tensor2D);
  return meanOf(probabilities).add(1e-30).log().mul(T);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
