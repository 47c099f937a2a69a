/** What an arm's plan comes to: which terms it has, which methods they are of, and whether it asks anything of the teacher. */
import * as ofMethod from '../methods/plan';
import {
  type ChoiceId,
  type DialId,
  dialBound,
  type MethodId,
  methodIds,
  methodOf,
  needsTeacher,
  optionsOf,
  type TermId,
  termIds,
  termOf,
  usesTemperature,
} from '../methods/registry';
import type { Arm, Plan, Weights } from './experiment';

type Weighted = Pick<Plan, 'weights'>;

export const weightOf = ({ weights }: Weighted, term: TermId): number => weights[term] ?? 0;

/** The terms with a weight, in the order in which they are shown. */
export const termsOf = (plan: Weighted): TermId[] => termIds.filter((term) => weightOf(plan, term) > 0);

export const hasTerm = (plan: Weighted, term: TermId) => weightOf(plan, term) > 0;

/** The terms that compare with the teacher and have a weight. */
export const termsOfTeacher = (plan: Weighted): TermId[] => termsOf(plan).filter(needsTeacher);

/** Methods that put the teacher's layers in place of the student's, as the plan asks for. */
export const replacementsOf = (plan: Plan): MethodId[] =>
  methodIds.filter((id) => methodOf(id).replacement?.active(plan));

/** True where an arm asks something of the teacher. */
export const learnsFromTeacher = (plan: Plan) =>
  termsOfTeacher(plan).length > 0 || replacementsOf(plan).length > 0;

/** True where the plan's T softens something. */
export const isSoftened = (plan: Weighted) => termsOf(plan).some(usesTemperature);

/** The methods that an arm learns by: those its terms are of, and those that replace layers. */
export function methodsOf(plan: Plan): MethodId[] {
  const owners = new Set<string>(termsOf(plan).map((term) => termOf(term).owner));
  return methodIds.filter((id) => owners.has(id) || methodOf(id).replacement?.active(plan));
}

/** True where a term reads the student's logits: nothing else teaches what it answers. */
export const learnsToAnswer = (plan: Weighted): boolean =>
  termsOf(plan).some((term) => termOf(term).reads.student.includes('logits'));

/** What a plan says of any method's dial, as the method itself reads it. */
export const dialOf = (plan: Pick<Plan, 'dials'>, dial: DialId): number =>
  ofMethod.dialOf({ dials: { [dial]: dialBound(dial) } }, plan, dial);

/** The same of a choice. */
export const choiceOf = (plan: Pick<Plan, 'choices'>, choice: ChoiceId): string =>
  ofMethod.choiceOf({ choices: { [choice]: optionsOf(choice) } }, plan, choice);

/** The weights of a student that learns from the text alone. */
export const hardLabels: Weights = { mlm: 1 };

/** What a plan says where it leaves everything as the methods have it. */
export const asMethodsHaveIt: Omit<Plan, 'weights' | 'temperature' | 'mapping'> = {
  dials: {},
  choices: {},
  lists: {},
  softTargets: 'teacher',
  positions: 'all',
};

/** The plan as it is on a task: of a sequence one thing is asked, whatever the plan says of words. */
export const askedOnce = <T extends Pick<Plan, 'positions'>>(plan: T): T => ({
  ...plan,
  positions: 'masked',
});

/** A plan that says nothing but its weights. */
export const planOf = (weights: Weights, plan: Pick<Arm, 'temperature' | 'mapping'>): Plan => ({
  weights,
  ...asMethodsHaveIt,
  ...plan,
});
