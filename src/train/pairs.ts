/** A student and its teacher as methods see them, and what the methods that fit them add to what is trained. */
import type { Plan } from '../config/experiment';
import type { ExtraParameter, Method, ModelShape, Pair, PlanLike } from '../methods/method';
import { type MethodId, methodIds, methodOf } from '../methods/registry';

export function pairOf(student: ModelShape, teacher: ModelShape | null, plan: Plan): Pair | null {
  return teacher && { student, teacher, plan };
}

/** True where a plan has one of a method's terms. */
const isInUse = ({ terms }: Pick<Method, 'terms'>, { weights }: PlanLike) =>
  Object.keys(terms).some((term) => (weights[term] ?? 0) > 0);

/** True where one of a method's terms can have this pair. */
const fits = ({ terms }: Pick<Method, 'terms'>, pair: Pair) =>
  Object.values(terms).some((term) => !term.misfit?.(pair));

/**
 * Parameters that are trained beside the student: those that methods keep ready, and those of the methods in use.
 * @throws Error where one has the name of another, or of a student's
 */
export function extraParameters(pair: Pair | null): Record<string, ExtraParameter> {
  const extras: Record<string, ExtraParameter> = {};
  if (!pair) return extras;
  for (const id of methodIds) {
    const method = methodOf(id);
    if (!method.extra || !fits(method, pair)) continue;
    if (!method.extra.ready && !isInUse(method, pair.plan)) continue;
    for (const [name, parameter] of Object.entries(method.extra.parameters(pair))) {
      const isTaken = Object.hasOwn(extras, name) || /^(bert|cls)\./.test(name);
      if (isTaken) throw new Error(`${id} adds ${name}, which is another parameter's name`);
      extras[name] = parameter;
    }
  }
  return extras;
}

/** The method that a parameter beside the student belongs to; null for a parameter of the student. */
export function ownerOfParameter(name: string, pair: Pair | null): MethodId | null {
  if (!pair) return null;
  return methodIds.find((id) => Object.hasOwn(methodOf(id).extra?.parameters(pair) ?? {}, name)) ?? null;
}
