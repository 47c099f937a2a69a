/** A teacher of words becomes one of a task: fine-tuned on its labels, all of it, under a head of its own. */
import type { Arm, Experiment } from '../config/experiment';
import { bottomMapping } from '../config/mapping';
import { hardLabels, planOf } from '../config/objective';
import type { BatchSource } from '../data/batchSource';
import type { TeacherWeights } from './startingWeights';
import { Trainer } from './trainer';

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
 * The teacher of a stage on a task. What it knows of the held-out rows is told by every evaluation of the stage.
 * @param words a teacher that fills in words
 * @param source batches of the task
 * @param tell hears of each update; awaited, so that a worker can hear messages
 */
export async function tunedTeacher(
  experiment: Experiment,
  words: TeacherWeights,
  source: BatchSource,
  tell: (done: number, of: number) => Promise<void> | void = () => {},
): Promise<TeacherWeights> {
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
    const { teacher: weights } = await trainer.weights();
    return { shape: words.shape, weights };
  } finally {
    trainer.dispose();
  }
}
