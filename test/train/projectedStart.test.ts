import { beforeAll, expect, it } from 'vitest';
import { presets } from '../../src/config/presets';
import { wordsOf } from '../../src/data/batchSource';
import { buildCorpus } from '../../src/data/corpus';
import { createTokenizer } from '../../src/data/tokenizer';
import { projectedWeights } from '../../src/model/projection';
import { startingState } from '../../src/train/snapshot';
import { Trainer } from '../../src/train/trainer';
import { setUpBackend } from '../support/backends';
import { bundledTeacher } from '../support/bundledTeacher';
import { stories } from '../support/stories';

beforeAll(() => setUpBackend('wasm'));

const teacher = bundledTeacher('stories-4x32');
const { training, arms, ...rest } = presets.tiny;
const corpus = buildCorpus(
  createTokenizer(teacher.tokenizer),
  stories.slice(0, 300),
  training.sequenceLength,
);

/** KL to the teacher on held-out words, of an arm of this width that starts at random and of one that is projected. */
async function starts(width: number, layers: number) {
  const student = {
    ...arms[0].student,
    layers,
    hiddenSize: width,
    intermediateSize: 4 * width,
    tokenTypes: false,
  };
  const mapping = Array.from({ length: layers }, (_, m) => m + 1);
  const arm = { ...arms[0], student, initialisation: { kind: 'random' as const }, mapping };
  const ids = ['random', 'projected'];
  const trainer = new Trainer(
    { ...rest, training, arms: ids.map((id) => ({ ...arm, id })) },
    wordsOf(corpus),
    teacher,
  );
  const { arms: states } = await trainer.takeSnapshot();
  const { vocabularySize, maxPositions } = teacher.shape;
  const shape = { ...student, vocabularySize, maxPositions };
  const { parameters } = startingState(projectedWeights(teacher.weights, teacher.shape, shape, mapping));
  Object.assign(states.projected.parameters, parameters);
  trainer.restore({ step: 0, arms: states });
  const { arms: figures } = await trainer.evaluate('sample', async () => {});
  trainer.dispose();
  return ids.map((id) => figures[id].klToTeacher!);
}

it('a projected student of half the width begins nearer to the teacher than a random one', async () => {
  const [random, projected] = await starts(16, 4);
  expect(projected).toBeLessThan(random - 0.5);
});

it('a projected student of the whole width begins as the teacher', async () => {
  const [random, projected] = await starts(32, 4);
  expect(random).toBeGreaterThan(1);
  expect(Math.abs(projected)).toBeLessThan(1e-5);
});
