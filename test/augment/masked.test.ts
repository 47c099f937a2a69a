import { describe, expect, it } from 'vitest';
import { askAll, type MaskedQuery, maskedQuery } from '../../src/augment/masked';
import { placesOf } from '../../src/augment/places';
import { fakeTokenizer, idOf } from './fakeTools';

const tokensOf = ({ ids }: MaskedQuery) => ids.map((id) => fakeTokenizer.vocabulary[id]).join(' ');
const queryOf = (text: string, word: string, context: 'alone' | 'withOriginal', longest = 32) => {
  const place = placesOf(text, fakeTokenizer).find((one) => one.word === word)!;
  return maskedQuery(text, place, fakeTokenizer, context, longest);
};

describe('a query', () => {
  it('is the sentence with one word masked', () => {
    const query = queryOf('The dog sees teapots.', 'dog', 'alone')!;
    expect(tokensOf(query)).toBe('[CLS] the [MASK] sees tea ##p ##o ##t ##s . [SEP]');
    expect(query.position).toBe(2);
    expect(query.segments).toEqual(query.ids.map(() => 0));
  });

  it("may be followed by the whole sentence, as in the authors' program", () => {
    const query = queryOf('The dog, the cat.', 'cat', 'withOriginal')!;
    expect(tokensOf(query)).toBe('[CLS] the dog , the [MASK] . [SEP] the dog , the cat . [SEP]');
    expect(query.position).toBe(5);
    expect(query.segments).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1]);
  });

  it('is cut at its end where it is followed by the sentence, and is none where that leaves no mask', () => {
    const query = queryOf('The dog, the cat.', 'cat', 'withOriginal', 10)!;
    expect(tokensOf(query)).toBe('[CLS] the dog , the [MASK] . [SEP] the dog');
    expect(query.segments).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
    expect(queryOf('The dog, the cat.', 'cat', 'withOriginal', 5)).toBeNull();
  });

  it('is the part around the word where a text is longer than the teacher reads', () => {
    const text = `${'red dog . '.repeat(20)}blue ${'red cat . '.repeat(20)}`;
    const middle = queryOf(text, 'blue', 'alone', 12)!;
    expect(tokensOf(middle)).toBe('[CLS] dog . red dog . [MASK] red cat . red [SEP]');
    expect(middle.ids[middle.position]).toBe(idOf('[MASK]'));
    const first = queryOf(text, 'red', 'alone', 12)!;
    expect([first.ids.length, first.position]).toEqual([12, 1]);
    const places = placesOf(text, fakeTokenizer);
    for (const place of places) {
      const query = maskedQuery(text, place, fakeTokenizer, 'alone', 12)!;
      expect(query.ids).toHaveLength(12);
      expect(query.ids[query.position]).toBe(idOf('[MASK]'));
      expect(query.ids.filter((id) => id === idOf('[MASK]'))).toHaveLength(1);
    }
  });
});

describe('all queries', () => {
  const lengths = Array.from({ length: 1500 }, (_, i) => 3 + ((i * 7) % 29));
  const queries = lengths.map((length, i) => ({
    ids: new Array<number>(length).fill(i),
    segments: new Array<number>(length).fill(0),
    position: 1,
  }));

  it('are asked in few calls of similar length, and answered in their order', async () => {
    const calls: MaskedQuery[][] = [];
    const told: number[] = [];
    const answers = await askAll(
      async (asked) => {
        calls.push([...asked]);
        return asked.map(({ ids }) => ({ ids: [ids[0]], probabilities: [1] }));
      },
      queries,
      1,
      (answered) => {
        told.push(answered);
      },
    );
    expect(answers.map(({ ids }) => ids[0])).toEqual(queries.map((_, i) => i));
    expect(calls.length).toBeLessThan(8);
    for (const call of calls) {
      const longest = Math.max(...call.map(({ ids }) => ids.length));
      expect(longest * call.length).toBeLessThanOrEqual(8192);
    }
    const padded = calls.reduce((sum, call) => sum + call.at(-1)!.ids.length * call.length, 0);
    expect(padded / lengths.reduce((sum, length) => sum + length)).toBeLessThan(1.2);
    expect(told.at(-1)).toBe(1500);
    expect(told).toHaveLength(calls.length);
  });

  it('are none where there are none', async () => {
    const never = async () => {
      throw new Error('asked');
    };
    expect(await askAll(never, [], 15)).toEqual([]);
  });
});
