import { expect, test } from 'vitest';
import { splitTexts, storiesOf } from '../../src/data/stories';
import { stories } from './samples';

test('empty lines are no stories', () => {
  expect(storiesOf('One.\r\n\n  \nTwo. \n')).toEqual(['One.', 'Two.']);
  expect(stories).toHaveLength(1519);
});

test('every tenth text is held out', () => {
  const texts = Array.from({ length: 25 }, (_, i) => `${i}`);
  const { train, heldOut } = splitTexts(texts);
  expect(heldOut).toEqual(['9', '19']);
  expect(train).toEqual(texts.filter((text) => !heldOut.includes(text)));
});
