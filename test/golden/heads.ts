/** The models of golden/heads.json by our names. */
import type { Head } from '../../src/config/heads';
import type { TeacherShape } from '../../src/config/teachers';
import { nameOfDistilbert } from '../../src/interop/distilbertNames';
import type { Weights } from '../../src/model/initialise';
import { drawnWeights } from './drawn';
import golden from './heads.json';

export { golden };

export type Case = keyof typeof golden.cases;

export const head: Head = { kind: 'classify', classes: golden.classes };

const modelOf = (name: Case) => (name === 'distilbert' ? 'distilbert' : 'bert');

export const shapeOf = (name: Case): TeacherShape => ({
  ...golden.shape,
  tokenTypes: modelOf(name) === 'bert',
});

/** In the order of the file, in which tensors are drawn. */
export const byOurName = <T>(of: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [nameOfDistilbert(name), value]));

export function weightsOf(name: Case): Weights {
  const model = modelOf(name);
  return drawnWeights(byOurName<number[]>(golden.parameters[model]), model === 'bert' ? 1 : 2);
}
