import { useTranslation } from 'react-i18next';
import type { Experiment } from '../config/experiment';
import type { Problem, ProblemCode } from '../config/problems';
import { isTerm, termOf } from '../methods/registry';
import { usePlayground } from '../store/usePlayground';
import { useArmNames } from './useModelNames';

/**
 * The words of a problem: what happened, and what to do about it. Arms and losses are called what the page calls
 * them; `concerned` has those that the problem speaks of, and is by default what is on the page.
 */
export function useProblemWords(
  concerned?: Pick<Experiment, 'arms' | 'others'>,
): (problem: Problem) => { title: string; text: string } {
  const { t } = useTranslation();
  const present = usePlayground((state) => state.experiment);
  const { arms, others } = concerned ?? present;
  const names = useArmNames({ arms, others });
  // The figures come as data: `problemValues` says which ones each code has.
  const say = t as (key: `problem.${ProblemCode}.${'title' | 'text'}`, figures: Problem['values']) => string;
  return ({ code, values }) => {
    const term = String(values?.term);
    const arm = arms.findIndex(({ id }) => id === values?.arm);
    const figures = {
      ...values,
      ...(isTerm(term) && { term: termOf(term).symbol }),
      ...(arm >= 0 && { arm: names[arm] }),
    };
    return { title: say(`problem.${code}.title`, figures), text: say(`problem.${code}.text`, figures) };
  };
}
