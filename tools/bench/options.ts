/** The command line of the benchmark. */
import { parseArgs } from 'node:util';
import { type BenchBackend, benchBackends, type EngineName, engineNames } from '../../src/bench/engine';
import { type WorkloadName, workloadNames } from '../../src/bench/workloads';

export const usage = `Measures this engine beside plain TensorFlow.js and jax-js on the same training step.

  npm run bench -- [options]

  --quick            small and mid alone, in at most 3 minutes on two cores
  --json             print one array of entries on standard output, all else on standard error
  --write            put the tables into BENCHMARKS.md
  --node             in Node on Dawn instead of a browser; needs the package webgpu
  --backend NAME     ${benchBackends.join(' or ')} (both)
  --workload NAME    ${workloadNames.join(', ')}, growth, which changes one size of mid at a
                     time, methods, a step of each beside the triple loss, or page, the running
                     page beside the engine; may be repeated (all)
  --engine NAME      ${engineNames.join(', ')}; may be repeated (all)
  --help             print this`;

export type WorkloadChoice = WorkloadName | 'growth' | 'methods' | 'page';
const workloadChoices: WorkloadChoice[] = [...workloadNames, 'growth', 'methods', 'page'];

export interface BenchOptions {
  quick: boolean;
  json: boolean;
  write: boolean;
  node: boolean;
  backends: BenchBackend[];
  workloads: WorkloadChoice[];
  engines: EngineName[];
}

/** @throws with words for people where an option is unknown */
export function readOptions(parameters: string[]): BenchOptions | 'help' {
  const { values } = parseArgs({
    args: parameters,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      node: { type: 'boolean', default: false },
      backend: { type: 'string', multiple: true },
      workload: { type: 'string', multiple: true },
      engine: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const { quick, json, write, node } = values;
  return {
    quick,
    json,
    write,
    node,
    backends: chosen('--backend', values.backend, benchBackends),
    workloads: chosen(
      '--workload',
      values.workload ?? (quick ? ['small', 'mid'] : undefined),
      workloadChoices,
    ),
    engines: chosen('--engine', values.engine, engineNames),
  };
}

/** The given names, in the order of all; all of them where none is given. */
function chosen<T extends string>(option: string, given: string[] | undefined, all: readonly T[]): T[] {
  const unknown = given?.find((name) => !(all as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`${option} is ${unknown}, but there are ${all.join(', ')}.`);
  return all.filter((name) => given === undefined || given.includes(name));
}
