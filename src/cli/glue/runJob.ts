/** One job, in this process: a general student, a teacher or a student of a task. */
import type { Experiment } from '../../config/experiment';
import { teacherModel } from '../../config/modelIds';
import { stageAt, stageCount, stepsBefore } from '../../config/stages';
import type { TeacherWeights } from '../../train/startingWeights';
import { Trainer } from '../../train/trainer';
import { tunedTeacher } from '../../train/tuning';
import { StageReader } from '../stageData';
import type { Job } from './jobs';
import type { Outcome } from './results';
import { keepWeights, readWeights, type Weights } from './weightFiles';

/**
 * @param folder where weights of earlier jobs are read and those of this one are kept
 * @param tell hears of updates, through all stages of the experiment
 */
export async function runJob(job: Job, folder: string, tell: (step: number) => void): Promise<Outcome> {
  const reader = new StageReader(job.experiment.teacher, () => {}, { validates: job.validates });
  return job.kind === 'teacher' ? tune(job, reader, folder, tell) : teach(job, reader, folder, tell);
}

/** What a stage is read without: the teacher comes from a job of its own. */
function untuned({ tuning: _tuning, ...stage }: Experiment): Experiment {
  return stage;
}

async function tune(
  { key, experiment }: Job,
  reader: StageReader,
  folder: string,
  tell: (step: number) => void,
): Promise<Outcome> {
  const { augmentation: _augmentation, ...stage } = experiment;
  const { source, origin } = await reader.read(untuned(stage));
  const tuned = await tunedTeacher(stage, origin!, source, tell);
  keepWeights(folder, key, tuned.weights);
  const trainer = new Trainer(stage, source, tuned, [], { origin });
  try {
    const { teacher } = await trainer.evaluate('full', async () => {});
    return { heldOut: teacher!, parameters: trainer.sizes()[teacherModel].parameters };
  } finally {
    trainer.dispose();
  }
}

async function teach(
  { key, kind, experiment, general, teacher: taughtBy }: Job,
  reader: StageReader,
  folder: string,
  tell: (step: number) => void,
): Promise<Outcome> {
  const [{ id }] = experiment.arms;
  const first = general === undefined ? 0 : 1;
  let before: Record<string, Weights> = general === undefined ? {} : { [id]: readWeights(folder, general) };
  let outcome: Outcome | null = null;
  for (let i = first; i < stageCount(experiment); i++) {
    const stage = stageAt(experiment, i);
    const { source, teacher, origin } = await reader.read(untuned(stage));
    const tuned = stage.tuning && taughtBy ? tunedWeights(origin!, readWeights(folder, taughtBy)) : null;
    const who = source.classes ? tuned : teacher;
    const trainer = new Trainer(stage, source, who, [], { origin, before });
    try {
      await train(trainer, (step) => tell(stepsBefore(experiment, i) + step));
      const isLast = i === stageCount(experiment) - 1;
      if (isLast) {
        const point = await trainer.evaluate(kind === 'general' ? 'sample' : 'full', async () => {});
        const { losses: _losses, attention: _attention, ...heldOut } = point.arms[id];
        outcome = { heldOut, parameters: trainer.sizes()[id].parameters };
      }
      before = await trainer.weights();
    } finally {
      trainer.dispose();
    }
  }
  if (kind === 'general') keepWeights(folder, key, before[id]);
  return outcome!;
}

const tunedWeights = ({ shape }: TeacherWeights, weights: Weights): TeacherWeights => ({ shape, weights });

async function train(trainer: Trainer, tell: (step: number) => void) {
  const { steps } = trainer.experiment.training;
  while (trainer.step < steps) {
    trainer.trainStep();
    await trainer.readPoints();
    tell(trainer.step);
  }
}
