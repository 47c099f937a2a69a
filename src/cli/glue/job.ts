/** A process of its own for one job of `npm run glue`: the job as JSON, and the folder of the weights, in; what it comes to, out. */
import { problemOf } from '../../config/problems';
import { startBackend } from '../../train/backends/choose';
import type { Progress } from '../progressBar';
import { problemWords } from '../words';
import { runJob } from './runJob';

async function main() {
  const [job, folder] = process.argv.slice(2);
  await startBackend({
    forced: 'wasm',
    onLost: () => {},
    onError: () => {},
    tunings: null,
    wasmPaths: null,
  });
  const outcome = await runJob(JSON.parse(job), folder, (step) => {
    process.send?.({ step } satisfies Progress);
  });
  console.log(JSON.stringify(outcome));
}

main().catch(async (error) => {
  const problem = problemOf(error);
  console.error(problem.code === 'unexpected' ? error : await problemWords(problem));
  process.exit(1);
});
