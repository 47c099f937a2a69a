/** What a step computes of whom: what the terms of its arms need of each pass, and whose passes they learn from. */
import type { Pair } from '../methods/method';
import { methodOfTerm, needsTeacher, type TermId, termOf } from '../methods/registry';
import type { StudentSignal, TeacherSignal } from '../methods/signals';
import type { Arm, Plan } from './experiment';

/** What the losses need of a pass; what nobody needs is not computed. */
export interface Needs {
  /** Logits at every token: the costliest product of all. */
  allLogits: boolean;
  /** Logits at the masked words alone. */
  maskedLogits: boolean;
  /** Attention scores before the softmax. */
  scores: boolean;
  /** Layers, counted from 1, whose queries, keys and values are kept. */
  qkv: readonly number[];
  /** Attention probabilities; no loss compares them. */
  probabilities?: boolean;
}

export type RowsName = 'all' | 'masked';

/** Where an arm's predictions are compared: at all tokens only where a term whose mean runs over them asks for it. */
export const predictionRows = ({ positions }: Pick<Plan, 'positions'>, terms: TermId[]): RowsName =>
  positions === 'all' && terms.some((term) => termOf(term).meanOver === 'rows') ? 'all' : 'masked';

/** Whether any of the terms reads a signal, on the student's side or the teacher's. */
const reads = (terms: TermId[], side: 'student' | 'teacher', ...signals: (StudentSignal | TeacherSignal)[]) =>
  terms.some((term) =>
    (termOf(term).reads[side] as readonly TeacherSignal[]).some((one) => signals.includes(one)),
  );

const vectors = ['queries', 'keys', 'values'] as const;

/** The teacher's layers, counted from 1, whose queries, keys and values the terms compare with. */
function qkvLayers(terms: TermId[], pair: Pair | null): number[] {
  if (!pair) return [];
  const compared = terms.filter((term) => reads([term], 'teacher', ...vectors));
  return compared.map((term) => teacherQkvLayer(term, pair));
}

export function teacherQkvLayer(term: TermId, pair: Pair): number {
  return methodOfTerm(term).qkvLayer?.(pair) ?? pair.teacher.layers;
}

/** What the given terms of an arm need of the student's pass. */
export function studentNeeds(arm: Arm, terms: TermId[]): Needs {
  const predicts = reads(terms, 'student', 'logits');
  const everywhere = predictionRows(arm, terms) === 'all';
  return {
    allLogits: predicts && everywhere,
    maskedLogits: predicts && !everywhere,
    scores: reads(terms, 'student', 'scores'),
    qkv: reads(terms, 'student', ...vectors) ? [arm.student.layers] : [],
  };
}

/** What the arms together need of the teacher's pass; null where they need nothing. */
export function teacherNeeds(arms: { arm: Arm; terms: TermId[]; pair: Pair | null }[]): Needs | null {
  if (!arms.some(({ terms }) => terms.some(needsTeacher))) return null;
  const predicting = arms.filter(({ terms }) => reads(terms, 'teacher', 'logits', 'targets', 'guesses'));
  const rows = predicting.map(({ arm, terms }) => predictionRows(arm, terms));
  return {
    allLogits: rows.includes('all'),
    maskedLogits: rows.includes('masked'),
    scores: arms.some(({ terms }) => reads(terms, 'teacher', 'scores')),
    qkv: [...new Set(arms.flatMap(({ terms, pair }) => qkvLayers(terms, pair)))],
  };
}

/** True where the terms compare hidden states below the last. */
export const readsStates = (terms: TermId[]) => reads(terms, 'teacher', 'states', 'inner', 'embedding');

export interface Learner {
  arm: Arm;
  pair: Pair | null;
  terms: TermId[];
}

/** What is asked of each teacher, in their order, and of each arm, by place; null where nobody learns from it. */
export interface AskedLessons {
  teachers: (Needs | null)[];
  arms: (Needs | null)[];
}

/** True where an arm learns from this teacher, counted from 0. */
export function learnsFromMember({ taughtBy }: Arm, member: number): boolean {
  if (taughtBy?.kind === 'arm') return false;
  return taughtBy?.kind === 'ensemble' || (taughtBy?.index ?? 1) === member + 1;
}

export function askedLessons(teachers: number, learners: readonly Learner[]): AskedLessons {
  const members = Array.from({ length: teachers }, (_, member) => member);
  return {
    teachers: members.map((member) =>
      teacherNeeds(learners.filter(({ arm }) => learnsFromMember(arm, member))),
    ),
    arms: learners.map(({ arm: { id } }) =>
      teacherNeeds(
        learners.filter(({ arm: { taughtBy } }) => taughtBy?.kind === 'arm' && taughtBy.id === id),
      ),
    ),
  };
}
