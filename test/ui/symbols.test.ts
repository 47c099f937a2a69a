import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf, spoken, spokenTex, texOf } from '../../src/ui/symbols';

describe('symbols in sentences', () => {
  it('are told from the words around them', () => {
    expect(partsOf('no L_cos, T = 4')).toEqual([
      { text: 'no ', symbol: false },
      { text: 'L_cos', symbol: true },
      { text: ', T = 4', symbol: false },
    ]);
    expect(partsOf('QKᵀ/√d_k').map(({ text }) => text)).toEqual(['QKᵀ/√', 'd_k']);
    expect(partsOf('W_h').map(({ symbol }) => symbol)).toEqual([true]);
    expect(partsOf('')).toEqual([]);
  });

  it('leave names of files and other words alone', () => {
    for (const text of ['my_text.txt', 'teacher', 'a long_name', 'MASK_1']) {
      expect(partsOf(text)).toEqual([{ text, symbol: false }]);
      expect(spoken(text)).toBe(text);
    }
  });

  it('are spoken without the underscore', () => {
    expect(spoken('no L_cos, with L_hidn')).toBe('no L cos, with L hidn');
  });

  it('are the same in TeX, and read out alike', () => {
    expect(texOf('L_ce')).toBe('L_\\text{ce}');
    expect(texOf('T')).toBe('T');
    for (const name of ['L_ce', 'W_h', 'T']) expect(spokenTex(texOf(name))).toBe(spoken(name));
    expect(spokenTex('\\lambda_{\\text{attn}}')).toBe('lambda attn');
    expect(spokenTex('\\operatorname{mean}')).toBe('mean');
  });

  it('say the same in parts as in one', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('L', '_', 'c', 'e', ' ', ',') }), (text) => {
        expect(
          partsOf(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});
