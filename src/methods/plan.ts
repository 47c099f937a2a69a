/** What a plan says under its method's defaults. */
import type { Method, PlanLike } from './method';

type Defaults = Pick<Method, 'dials' | 'choices'>;

/** @throws Error for a dial that the method does not name */
export function dialOf({ dials = {} }: Defaults, plan: Pick<PlanLike, 'dials'>, name: string): number {
  const dial = dials[name];
  if (!dial) throw new Error(`The method names no dial ${name}`);
  return plan.dials[name] ?? dial.initial;
}

/** @throws Error for a choice that the method does not name */
export function choiceOf({ choices = {} }: Defaults, plan: Pick<PlanLike, 'choices'>, name: string): string {
  const choice = choices[name];
  if (!choice) throw new Error(`The method names no choice ${name}`);
  return plan.choices[name] ?? choice[0];
}
