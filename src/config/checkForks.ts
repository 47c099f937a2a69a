/** Whether arms that come from others can: see forks.ts. */
import type { Arm, Experiment } from './experiment';
import { forksIn } from './forks';
import type { Problem } from './problems';
import { plansOf, stepsOf } from './stages';

/** Everything that is wrong with the forks of an experiment of any number of stages. */
export function checkForks(experiment: Experiment): Problem[] {
  const { arms } = experiment;
  const steps = stepsOf(experiment);
  return [
    ...forksIn(experiment).flatMap((arm): Problem[] => {
      const { id, fork } = arm;
      const { of, step } = fork;
      const origin = arms.find((other) => other.id === of);
      if (!origin || of === id) return [{ code: 'forkOfNobody', values: { arm: id, of } }];
      const problems: Problem[] = [];
      if (step >= steps) problems.push({ code: 'forkTooLate', values: { arm: id, step, steps } });
      if (origin.fork && origin.fork.step >= step) {
        const apart = origin.fork.step;
        problems.push({ code: 'forkTooEarly', values: { arm: id, of, step, apart } });
      }
      if (startOf(arm) !== startOf(origin)) {
        problems.push({ code: 'forkOtherStudent', values: { arm: id, of, step } });
      }
      return problems;
    }),
    ...arms.flatMap((arm) => checkPeers(arm, arms)),
  ];
}

const startOf = ({ student, initialisation }: Arm) => JSON.stringify([student, initialisation]);

/** Who teaches must be there as soon as whoever learns. */
function checkPeers(arm: Arm, arms: readonly Arm[]): Problem[] {
  const taught = plansOf(arm).flatMap(({ taughtBy }) => (taughtBy?.kind === 'arm' ? [taughtBy.id] : []));
  return [...new Set(taught)].flatMap((peer): Problem[] => {
    const step = arms.find(({ id }) => id === peer)?.fork?.step ?? 0;
    return step > (arm.fork?.step ?? 0)
      ? [{ code: 'peerStillAnother', values: { arm: arm.id, peer, step } }]
      : [];
  });
}
