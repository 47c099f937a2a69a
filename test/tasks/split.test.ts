import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textKey } from '../../src/data/textKey';
import { type LabelledRow, labelCounts } from '../../src/tasks/rows';
import { splitRows, validationOf } from '../../src/tasks/split';

const word = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'.split(''));
const sentence = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
const single = fc.record({ label: fc.nat(2), a: sentence });
const pair = fc.record({ label: fc.nat(2), a: sentence, b: sentence });
const anyRows = fc.oneof(
  fc.array(single, { minLength: 1, maxLength: 80 }),
  fc.array(pair, { minLength: 1, maxLength: 80 }),
);
const keys = ({ a, b }: LabelledRow) => [a, ...(b === undefined ? [] : [b])].map(textKey);

/** Many rows of which no two share a text, so that chance leaves enough on both sides. */
const many = Array.from({ length: 2000 }, (_, i): LabelledRow => ({ label: i % 2, a: `row number ${i}` }));

describe('validationOf', () => {
  test('holds out a fifth of the rows that are trained on, and none that is held out', () => {
    const { train, heldOut } = splitRows(many, 2);
    const validation = validationOf({ labels: ['a', 'b'], train, heldOut });
    expect(
      [...validation.train, ...validation.heldOut].sort((x, y) => train.indexOf(x) - train.indexOf(y)),
    ).toEqual(train);
    expect(validation.heldOut.length / train.length).toBeGreaterThan(0.16);
    expect(validation.heldOut.length / train.length).toBeLessThan(0.24);
  });
});

describe('splitRows', () => {
  test('every row is on one side, in its order, and no text is on both', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { train, heldOut } = splitRows(rows, 3);
        expect(train.length + heldOut.length).toBe(rows.length);
        expect(rows.filter((row) => train.includes(row))).toEqual(train);
        const trained = new Set(train.flatMap(keys));
        expect(heldOut.flatMap(keys).filter((key) => trained.has(key))).toEqual([]);
      }),
    );
  });

  test('every label is trained on', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const trained = labelCounts(splitRows(rows, 3).train, 3);
        labelCounts(rows, 3).forEach((count, label) => {
          if (count > 0) expect(trained[label]).toBeGreaterThan(0);
        });
      }),
    );
  });

  test('twenty rows hold two out, whatever they say', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 20, maxLength: 20, selector: textKey }),
        (texts) => {
          const rows = texts.map((a, i) => ({ label: i % 4, a }));
          expect(splitRows(rows, 4).heldOut.length).toBeGreaterThanOrEqual(2);
        },
      ),
    );
  });

  test('a fifth, and a row stays where it is in any company and any order', () => {
    const { heldOut } = splitRows(many, 2);
    expect(heldOut.length / many.length).toBeCloseTo(0.2, 1);
    const half = splitRows(many.filter((_, i) => i % 3 > 0).reverse(), 2);
    for (const row of half.heldOut) expect(heldOut).toContain(row);
    for (const row of half.train) expect(heldOut).not.toContain(row);
  });

  test('case and signs make no other text, letters do', () => {
    expect(textKey('Don’t  STOP, now!')).toBe(textKey("don't stop now"));
    expect(textKey('été')).toBe(textKey('e\u0301te\u0301'));
    expect(textKey('ete')).not.toBe(textKey('été'));
    expect(textKey(' 🙂 ')).toBe('🙂');
  });

  test('pairs that hang together through others are one', () => {
    const rows = many.flatMap(({ label }, i) => [
      { label, a: `chain ${i}`, b: `link ${i}` },
      { label, a: `other ${i}`, b: `LINK ${i}!` },
      { label, a: `other ${i}`, b: `end ${i}` },
    ]);
    const { heldOut } = splitRows(rows, 2);
    expect(heldOut.length % 3).toBe(0);
    expect(heldOut.length / rows.length).toBeCloseTo(0.2, 1);
  });
});
