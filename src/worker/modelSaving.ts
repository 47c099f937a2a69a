/** Models of a run as files for other programs. */
import { teacherModel } from '../config/modelIds';
import { ProblemError } from '../config/problems';
import { type ModelToZip, otherTeacherId, type SavableModels } from '../config/savable';
import { type ModelToSave, numbersIn } from '../interop/hub/modelFiles';
import { modelFolder } from '../interop/hub/modelFolder';
import { needsOwnTokenizer } from '../interop/hub/tokenizerFiles';
import { loadZip } from '../interop/hub/zip';
import type { TeacherWeights } from '../train/startingWeights';
import type { LongCalls } from './longCalls';
import type { Run } from './run';

/** Weights are written twice, and their checksums made, at least at this rate. */
const bytesPerMs = 25_000;

/** Who teaches in the stage at hand, by their ids. */
function teachersOf({ sources }: Run): [string, TeacherWeights][] {
  const { teacher, others } = sources;
  return [
    ...(teacher ? [[teacherModel, teacher] as [string, TeacherWeights]] : []),
    ...others.map((other, i): [string, TeacherWeights] => [otherTeacherId(i), other]),
  ];
}

export function savableModels(run: Run): SavableModels {
  const { batches, tokenizerJson } = run.sources;
  const { classes, pairs } = batches;
  const shapes = [
    ...teachersOf(run).map(([id, { shape }]) => ({ id, shape })),
    ...run.course.present.arms.flatMap(({ id }) => {
      const shape = run.course.shapeOf(id);
      return shape ? [{ id, shape }] : [];
    }),
  ];
  return {
    models: shapes.map(({ id, shape }) => ({ id, shape, parameters: numbersIn(shape, classes) })),
    classes,
    pairs,
    ownTokenizer: needsOwnTokenizer(tokenizerJson),
  };
}

/**
 * @param working the run, where it has a device; throws what is wrong where it has none
 * @param now in milliseconds since 1970
 * @throws ProblemError armMissing, interrupted where the run is at another step, nothingToKeep, or downloadUnreachable
 */
export async function saveModel(
  working: () => Run,
  { id, step, folder, card }: ModelToZip,
  longCalls: LongCalls,
  now: number,
): Promise<{ file: Blob }> {
  const zip = await loadZip();
  const run = working();
  const { experiment } = run.course;
  const model = await modelOf(run, id, step);
  const bytes = 4 * numbersIn(model.shape, model.classes ?? null);
  const write = () => zip(folder, modelFolder(model, card, experiment), now);
  return { file: longCalls.do(`zip of ${bytes}`, bytes / bytesPerMs, write) };
}

async function modelOf(run: Run, id: string, step: number): Promise<ModelToSave> {
  const { batches, tokenizerJson: tokenizer } = run.sources;
  const { classes } = batches;
  const [, teacher] = teachersOf(run).find(([other]) => other === id) ?? [];
  if (teacher) {
    if (run.course.step !== step) throw new ProblemError('interrupted');
    const named = [...teacher.weights].map(([name, { data }]) => [name, data] as const);
    return { shape: teacher.shape, classes, tokenizer, parameters: Object.fromEntries(named) };
  }
  const shape = run.course.shapeOf(id);
  if (!shape) throw new ProblemError('armMissing', { arm: id });
  const { snapshot } = await run.keptNow();
  if (snapshot.step !== step) throw new ProblemError('interrupted');
  return { shape, classes, tokenizer, parameters: snapshot.arms[id].parameters };
}
