import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentencesOf } from '../../src/data/sentences';
import { chinese, japanese } from './samples';

describe('sentencesOf', () => {
  test.each([
    ['One. Two! Three?', ['One.', 'Two!', 'Three?']],
    ['"May I use it?" he asked. Yes.', ['"May I use it?"', 'he asked.', 'Yes.']],
    ['It costs 3.50 today... Really', ['It costs 3.50 today...', 'Really']],
    [chinese[0], ['今天下雨了。', '我带着雨伞去学校。']],
    [japanese[1], ['妹は雨の日が好きです。', '水たまりで遊べるからです。']],
    ['他说：「好！」然后走了。', ['他说：「好！」', '然后走了。']],
    ['वह घर गया। वह सो गया।', ['वह घर गया।', 'वह सो गया।']],
    ['أين أنت؟ أنا هنا.', ['أين أنت؟', 'أنا هنا.']],
    ['no end mark', ['no end mark']],
    ['', []],
    ['  \n ', []],
  ])('%j', (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  test('nothing but white space is lost', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '.', '!', '"', ')', '。', '」', '\n', '한', '।'),
    });
    fc.assert(
      fc.property(text, (t) => {
        expect(sentencesOf(t).join('').replace(/\s/g, '')).toBe(t.replace(/\s/g, ''));
      }),
    );
  });

  test('cuts as one expression would that tries every place anew', () => {
    const spaced = String.raw`[.!?…‽؟۔։።]+["'”’»)\]]*(?=\s|$)`;
    const unspaced = String.raw`[。！？｡।॥॥។៕]+["'”’»」』）】〉》)\]]*`;
    const sentence = new RegExp(String.raw`(?=\S).*?(?:${spaced}|${unspaced}|$)`, 'gsu');
    const units = ['a', 'b', ' ', '.', '!', '?', '"', ')', '3', '。', '」', '\n', '한', '।', '…', '😀'];
    const odd = ['\ud800', '\u00a0', '\ufeff', '\u200b', '’', '៕'];
    const text = fc.string({ unit: fc.constantFrom(...units, ...odd), maxLength: 80 });
    fc.assert(
      fc.property(text, (t) => {
        expect(sentencesOf(t)).toEqual(Array.from(t.matchAll(sentence), ([match]) => match.trim()));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['.', '!', '?', '…', '。', '؟', '.)', '!"'])(
    'takes time in proportion to a run of %s',
    (marks) => {
      const start = performance.now();
      expect(sentencesOf(`${marks.repeat(200_000)}x`).length).toBeLessThanOrEqual(2);
      expect(performance.now() - start).toBeLessThan(1000);
    },
  );
});
