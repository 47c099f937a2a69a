/** What tasks hold out is searched for in everything that the command line, and `npm run glue`, trains on. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readTeacher } from '../../src/cli/publicFiles';
import { StageReader } from '../../src/cli/stageData';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { stageAt } from '../../src/config/stages';
import { bundledTaskIds } from '../../src/config/tasks';
import type { BatchSource } from '../../src/data/batchSource';
import { textKey } from '../../src/data/textKey';
import { createTokenizer, type Tokenizer } from '../../src/data/tokenizer';
import { setUpBackend } from '../support/backends';
import { tasks } from '../tasks/taskSamples';

/** The preset whose recipe `npm run glue` trains by, under a smaller teacher. */
const course: Experiment = {
  ...presets['tinybert-task'],
  teacher: { kind: 'bundled', id: 'stories-4x32' },
};
const { training } = course;
let tokenizer: Tokenizer;
beforeAll(async () => {
  await setUpBackend('wasm');
  tokenizer = createTokenizer((await readTeacher('stories-4x32')).tokenizer);
});

const wordsOf = (ids: ArrayLike<number>) => ` ${Array.from(ids).join(' ')} `;
/** Ids of a text between [CLS] and [SEP]. */
const idsOf = (text: string) => wordsOf(tokenizer.encode(text));

/** Every sequence of an epoch, before anything was masked. */
function* sequences(source: BatchSource, shape: Experiment['training']) {
  const steps = Math.ceil(source.epochLength / shape.batchSize);
  for (let step = 0; step < steps; step++) {
    const { originalIds, sequenceLength: L } = source.train(shape, step, 0);
    for (let at = 0; at < originalIds.length; at += L) yield wordsOf(originalIds.subarray(at, at + L));
  }
}

describe('held-out sentences', () => {
  it.each(['stories', 'everyday'] as const)('of every task are in no sequence of %s', async (id) => {
    const reader = new StageReader(course.teacher, () => {});
    const { source } = await reader.read(stageAt({ ...course, text: { kind: 'bundled', id } }, 0));
    const all = [...sequences(source, training)].join('|');
    const asked = bundledTaskIds.flatMap((task) =>
      tasks[task].heldOut.flatMap(({ a, b }) => (b ? [a, b] : [a])),
    );
    expect(asked.length).toBeGreaterThan(1_000);
    expect(asked.filter((text) => all.includes(idsOf(text)))).toEqual([]);
  });

  it('are in no row of a task and in no variant', { timeout: 240_000 }, async () => {
    const varied = { ...stageAt(course, 1), tuning: undefined, augmentation: { tries: 1 } };
    const reader = new StageReader(course.teacher, () => {});
    const { source, augmented } = await reader.read(varied);
    const { heldOut, train } = tasks.feelings;
    expect(source.epochLength).toBeGreaterThan(train.length);
    expect(augmented!.heldOutRows).toBe(0);
    const learned = new Set(sequences(source, varied.training));
    const keys = new Set([...learned].map((ids) => ids.trim()));
    for (const { a } of heldOut) expect(keys.has(idsOf(a).trim()), textKey(a)).toBe(false);
    const all = [...learned].join('|');
    expect(heldOut.filter(({ a }) => all.includes(idsOf(a))).map(({ a }) => a)).toEqual([]);
  });
});
