/** The experiment that a model comes from, as a file beside it: `npm run distill -- --experiment` reads it. */
import type { Experiment, TextSource } from '../../config/experiment';
import { written } from '../../config/upgrade';
import { pretty } from './tokenizerFiles';

/** What a person called a text, rows or a teacher of their own is left out, as it is of links. */
export function recipeFile(experiment: Experiment): string {
  const nameless = (text: TextSource): TextSource => ('name' in text ? { ...text, name: '' } : text);
  const { teacher, stages, ...rest } = written(experiment);
  return pretty({
    ...rest,
    teacher: teacher.kind === 'saved' ? { ...teacher, name: '' } : teacher,
    stages: stages.map((stage) => ({ ...stage, text: nameless(stage.text) })),
  });
}
