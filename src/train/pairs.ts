/** A student and its teacher as methods see them, and what the methods that fit them add to what is trained. */
import type { Plan } from '../config/experiment';
import type { ExtraParameter, Method, ModelShape, Pair } from '../methods/method';
import { type MethodId, methodIds, methodOf } from '../methods/registry';

export function pairOf(student: ModelShape, teacher: ModelShape | null, plan: Plan): Pair | null {
  return teacher && { student, teacher, plan };
}

/** True where one of a method's terms can have this pair. */
const fits = ({ terms }: Pick<Method, 'terms'>, pair: Pair) =>
  Object.values(terms).some((term) => !term.misfit?.(pair));

/**
 * Parameters that are trained beside the student: those of every method that fits the pair, so that a term of it can come to
 * a run at any time.
 */
export function extraParameters(pair: Pair | null): Record<string, ExtraParameter> {
  const extras: Record<string, ExtraParameter> = {};
  if (!pair) return extras;
  for (const id of methodIds) {
    const method = methodOf(id);
    if (method.extra && fits(method, pair)) Object.assign(extras, method.extra(pair));
  }
  return extras;
}

/** The method that a parameter beside the student belongs to; null for a parameter of the student. */
export function ownerOfParameter(name: string, pair: Pair | null): MethodId | null {
  if (!pair) return null;
  return methodIds.find((id) => Object.hasOwn(methodOf(id).extra?.(pair) ?? {}, name)) ?? null;
}
