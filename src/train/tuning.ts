/** A teacher of words becomes one of a task: fine-tuned on its labels, all of it, under a head of its own. */
import type { Arm, Experiment } from '../config/experiment';
import { bottomMapping } from '../config/mapping';
import { hardLabels, planOf } from '../config/objective';
import type { EvaluationPoint } from '../config/results';
import type { BatchSource } from '../data/batchSource';
import type { TeacherWeights } from './startingWeights';
import { Trainer } from './trainer';

export interface TunedTeacher extends TeacherWeights {
  /** Its figures on the task's held-out rows. */
  heldOut: EvaluationPoint;
}

/** The experiment by which a stage's teacher is tuned: one arm, as large as the teacher, with the labels alone. */
function tuningExperiment(
  { text, training, tuning, teacher }: Experiment,
  shape: TeacherWeights['shape'],
): Experiment {
  const { vocabularySize: _vocabularySize, maxPositions: _maxPositions, ...student } = shape;
  const blocks = bottomMapping(student.layers, student.layers);
  const arm: Arm = {
    id: 'teacher',
    student,
    initialisation: { kind: 'copy', blocks },
    ...planOf(hardLabels, { temperature: 1, mapping: blocks }),
  };
  return { text, teacher, training: { ...training, ...tuning }, arms: [arm] };
}

/**
 * @param words a teacher that fills in words
 * @param source batches of the task
 * @param tell hears of each update; awaited, so that a worker can hear messages
 */
export async function tunedTeacher(
  experiment: Experiment,
  words: TeacherWeights,
  source: BatchSource,
  tell: (done: number, of: number) => Promise<void> | void = () => {},
): Promise<TunedTeacher> {
  const own = tuningExperiment(experiment, words.shape);
  const { steps } = own.training;
  const trainer = new Trainer(own, source, null, [], { origin: words });
  try {
    await trainer.prepare();
    while (trainer.step < steps) {
      trainer.trainStep();
      await trainer.readPoints();
      await tell(trainer.step, steps);
    }
    const heldOut = await trainer.evaluate('full', async () => {});
    const { teacher: weights } = await trainer.weights();
    return { shape: words.shape, weights, heldOut };
  } finally {
    trainer.dispose();
  }
}
