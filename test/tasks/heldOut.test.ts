import { describe, expect, it, test } from 'vitest';
import { bundledTaskIds, bundledTasks } from '../../src/config/tasks';
import { heldOutByTasks } from '../../src/data/heldOutByTasks';
import { sentencesOf } from '../../src/data/sentences';
import { splitTexts } from '../../src/data/stories';
import { textKey } from '../../src/data/textKey';
import { type LabelledRow, labelCounts } from '../../src/tasks/rows';
import { tasks, texts } from './taskSamples';

const textsOf = ({ a, b }: LabelledRow) => (b === undefined ? [a] : [a, b]);
const keysOf = (rows: readonly LabelledRow[]) => new Set(rows.flatMap(textsOf).map(textKey));
const sentenceKeys = (parts: readonly string[]) =>
  new Set(parts.flatMap((text) => [text, ...sentencesOf(text)]).map(textKey));

/** Rows of each label, golden: a row that changes sides makes every figure before it incomparable. */
const golden = {
  feelings: { train: [122, 129, 110, 122, 127, 121], heldOut: [28, 21, 40, 28, 23, 29] },
  topics: {
    train: [122, 132, 116, 123, 121, 120, 120, 116, 122, 119],
    heldOut: [28, 18, 34, 27, 29, 30, 30, 34, 28, 31],
  },
  same: { train: [480, 476], heldOut: [120, 124] },
  follows: { train: [283, 276, 272], heldOut: [67, 74, 78] },
  acceptable: { train: [1200, 1200], heldOut: [300, 300] },
};

describe.each(bundledTaskIds)('%s', (id) => {
  const { labels, train, heldOut } = tasks[id];

  it('has the sides that it always had', () => {
    const counts = (rows: LabelledRow[]) => labelCounts(rows, labels.length);
    expect({ train: counts(train), heldOut: counts(heldOut) }).toEqual(golden[id]);
    expect(labels).toEqual(bundledTasks[id].labels);
  });

  it('asks for no text that it trains on', () => {
    const trained = keysOf(train);
    expect([...keysOf(heldOut)].filter((key) => trained.has(key))).toEqual([]);
  });

  it.each(['stories', 'everyday'] as const)('asks for no sentence of the training part of %s', (text) => {
    const trained = sentenceKeys(splitTexts(texts[text]).train);
    expect([...keysOf(heldOut)].filter((key) => trained.has(key))).toEqual([]);
  });
});

test('what is withheld is what else would be trained on of what tasks hold out, and no more', () => {
  const given = bundledTaskIds.filter((id) => id !== 'acceptable');
  const asked = new Set(given.flatMap((id) => [...keysOf(tasks[id].heldOut)]));
  const found = Object.values(texts).flatMap((all) =>
    all.filter((text, i) => i % 10 !== 9 && [...sentenceKeys([text])].some((key) => asked.has(key))),
  );
  expect([...heldOutByTasks].sort()).toEqual(found.sort());
});

test('a withheld text changes sides, and no other does', () => {
  const { train, heldOut } = splitTexts(texts.everyday);
  const plain = texts.everyday.filter((text, i) => i % 10 === 9 || heldOutByTasks.has(text));
  expect(heldOut).toEqual(plain);
  expect(train).toEqual(texts.everyday.filter((text) => !plain.includes(text)));
  expect(train).toHaveLength(texts.everyday.length - plain.length);
});
