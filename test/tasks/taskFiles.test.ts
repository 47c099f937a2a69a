import { describe, expect, it } from 'vitest';
import { bundledTaskIds, bundledTasks, metricOf } from '../../src/config/tasks';
import { addDialogWords } from '../../src/i18n/dialogWords';
import { i18next } from '../../src/i18n/i18n';
import { readTask, taskFile } from '../../src/tasks/taskFiles';

addDialogWords();

describe('readTask', () => {
  it('reads labels and texts', () => {
    const { train, heldOut } = readTask('same', 'same\tA cat.\tThe cat.\r\ndifferent\tA dog.\tNo dog.\n');
    expect([...train, ...heldOut]).toEqual(
      expect.arrayContaining([
        { label: 1, a: 'A cat.', b: 'The cat.' },
        { label: 0, a: 'A dog.', b: 'No dog.' },
      ]),
    );
  });

  it.each([
    ['a label that it does not have', 'glad\tI am.'],
    ['a second text', 'happy\tI am.\tYes.'],
    ['no text', 'happy\t'],
  ])('refuses %s', (_, line) => {
    expect(() => readTask('feelings', line)).toThrow('Line 1 of the task feelings');
  });

  it('makes acceptable from the stories', () => {
    expect(taskFile('acceptable')).toBe('corpora/stories.txt');
    expect(taskFile('topics')).toBe('corpora/topics.tsv');
  });
});

it.each(bundledTaskIds)('%s and its labels have words', (id) => {
  const has = (key: string) => i18next.exists(key);
  expect(has(`tasks.task.${id}.name`) && has(`tasks.task.${id}.question`)).toBe(true);
  for (const label of bundledTasks[id].labels) expect(has(`tasks.label.${id}.${label}`), label).toBe(true);
  expect(has(`tasks.metric.${bundledTasks[id].metric}.meaning`)).toBe(true);
});

it('measures uneven classes by F1', () => {
  expect([metricOf([10, 20]), metricOf([10, 21]), metricOf([30, 30, 10])]).toEqual(['accuracy', 'f1', 'f1']);
});
