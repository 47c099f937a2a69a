/** What keeps a command from being carried out, all of it at once. */
import { type Problem, ProblemError } from '../config/problems';

/** @throws ProblemError where there is one problem, AggregateError of them where there are several */
export function refuse(problems: readonly Problem[]) {
  const errors = problems.map(({ code, values }) => new ProblemError(code, values));
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors);
}
