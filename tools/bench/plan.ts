/** Which engines run on what, and for how long. */
import type { EngineName } from '../../src/bench/engine';
import { fullPace, type Group, type Pace, quickPace } from '../../src/bench/measure';
import { growthWorkloads, type Workload, workloads } from '../../src/bench/workloads';
import type { BenchOptions, WorkloadChoice } from './options';

/** Groups in the order in which they run. `available` are the engines that there are. */
export function planOf(
  { backends, workloads: choices, engines }: Pick<BenchOptions, 'backends' | 'workloads' | 'engines'>,
  available: EngineName[],
): Group[] {
  const taking = engines.filter((engine) => available.includes(engine));
  return backends.flatMap((backend) =>
    choices.flatMap(workloadsOf).flatMap((workload) => {
      // The peers run the plain step, on one student.
      const own = workload.preset !== undefined || isGrowth(workload);
      const group = {
        backend,
        workload,
        engines: own ? taking.filter((name) => name === 'stillroom') : taking,
      };
      return group.engines.length > 0 ? [group] : [];
    }),
  );
}

const isGrowth = ({ name }: Workload) => name.includes(':');

/** There are many workloads of growth, and nobody to compare with. */
export const paceOf = ({ workload }: Group, quick: boolean): Pace =>
  quick || isGrowth(workload) ? quickPace : fullPace;

const workloadsOf = (choice: WorkloadChoice) => {
  if (choice === 'growth') return growthWorkloads;
  // The page is no engine, and methods have no peers: they are measured apart.
  return choice === 'page' || choice === 'methods' ? [] : [workloads[choice]];
};
