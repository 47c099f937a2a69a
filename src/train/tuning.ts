/** A teacher of words becomes one of a task: fine-tuned on its labels, all of it, under a head of its own. */
import type { Experiment } from '../config/experiment';
import { tuningExperiment } from '../config/tuning';
import type { BatchSource } from '../data/batchSource';
import type { TeacherWeights } from './startingWeights';
import { Trainer } from './trainer';

/**
 * The tuning of a stage's teacher, which can be left and taken up again. What it comes to know of the held-out rows is told by
 * every evaluation of the stage.
 */
export class Tuning {
  private readonly trainer: Trainer;

  /**
   * @param experiment an experiment of one stage, of a task and with a `tuning`
   * @param words a teacher that fills in words
   * @param source batches of the task
   */
  constructor(
    experiment: Experiment,
    private readonly words: TeacherWeights,
    source: BatchSource,
  ) {
    const own = tuningExperiment(experiment, words.shape);
    this.trainer = new Trainer(own, source, null, [], { origin: words });
  }

  /**
   * From where it is to its end, after which nothing of it is on the device.
   * @param tell hears of each update and its loss; awaited, so that a worker can hear messages. What it throws ends the
   * call, and the next one goes on from there
   */
  async finish(
    tell: (done: number, of: number, loss: number) => Promise<void> | void,
  ): Promise<TeacherWeights> {
    const { trainer, words } = this;
    const { steps } = trainer.experiment.training;
    await trainer.prepare();
    while (trainer.step < steps) {
      trainer.trainStep();
      const [point] = await trainer.readPoints();
      await tell(trainer.step, steps, point.arms.teacher.total);
    }
    const { teacher: weights } = await trainer.weights();
    this.dispose();
    return { shape: words.shape, weights };
  }

  dispose() {
    this.trainer.dispose();
  }
}

/** A tuning from its beginning to its end, as `Tuning` has it. */
export async function tunedTeacher(
  experiment: Experiment,
  words: TeacherWeights,
  source: BatchSource,
  tell: (done: number, of: number) => Promise<void> | void = () => {},
): Promise<TeacherWeights> {
  const tuning = new Tuning(experiment, words, source);
  try {
    return await tuning.finish(tell);
  } catch (error) {
    tuning.dispose();
    throw error;
  }
}
