/** Methods asked for their shares on given tensors: a comparison that holds what a test names, and refuses everything else. */
import * as tf from '@tensorflow/tfjs';
import type { Comparison, Method, Pair, Rows, Side, TeacherSide } from '../../src/methods/method';
import { choiceOf, dialOf } from '../../src/methods/plan';
import { ops } from '../../src/train/ops';

type Batch = Comparison['batch'];

/** What of a comparison a test gives. */
export interface Given {
  /** Terms that are asked for. */
  terms: readonly string[];
  student?: Partial<Side>;
  teacher?: Partial<TeacherSide>;
  rows?: Partial<Rows>;
  batch?: Partial<Batch>;
  shapes?: { student?: Partial<Pair['student']>; teacher?: Partial<Pair['teacher']> };
  plan?: Partial<Pair['plan']>;
  temperature?: number;
  /** Live dials and scheduled numbers on the device. */
  scalars?: Record<string, tf.Tensor1D>;
  extras?: Record<string, tf.Tensor>;
}

/** An object that throws for what it does not hold. */
const only = <T extends object>(what: string, held: Partial<T>): T =>
  new Proxy(held, {
    get(target, name) {
      if (name in target) return target[name as keyof T];
      throw new Error(`${what} has no ${String(name)} in this test`);
    },
  }) as T;

export function comparisonOf(method: Method, given: Given): Comparison {
  const plan: Pair['plan'] = {
    weights: Object.fromEntries(given.terms.map((term) => [term, 1])),
    dials: {},
    choices: {},
    lists: {},
    positions: 'all',
    mapping: [1, 2],
    ...given.plan,
  };
  const pair: Pair = {
    student: only('the student', given.shapes?.student ?? {}),
    teacher: only('the teacher', given.shapes?.teacher ?? {}),
    plan,
  };
  return {
    student: only<Side>('the student’s side', given.student ?? {}),
    teacher: only<TeacherSide>('the teacher’s side', given.teacher ?? {}),
    rows: only<Rows>('rows', given.rows ?? {}),
    batch: only<Batch>('the batch', given.batch ?? {}),
    pair,
    temperature: tf.tensor1d([given.temperature ?? 1]),
    has: (term) => given.terms.includes(term),
    dial: (name) => dialOf(method, plan, name),
    choice: (name) => choiceOf(method, plan, name),
    list: (name) => plan.lists[name] ?? method.lists![name].initial(pair),
    scalar: (name) => only('the device', given.scalars ?? {})[name],
    extra: (name) => only('what is trained beside', given.extras ?? {})[name],
  };
}

/** The sum of all shares of a term, or of a reading. */
export function sumOf(method: Method, name: string, given: Given): tf.Scalar {
  const own = method.shares(comparisonOf(method, given), ops).flatMap(({ terms, shares }) => {
    const rows = shares.reshape([terms.length, -1]);
    return terms.flatMap((term, i) => (term === name ? [rows.slice([i, 0], [1, -1]).sum()] : []));
  });
  if (own.length === 0) throw new Error(`No shares are those of ${name}`);
  return tf.addN(own) as tf.Scalar;
}
