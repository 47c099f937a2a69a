import { describe, expect, it } from 'vitest';
import { formulas, symbols } from '../../src/ui/formulas';
import { findSymbols, type MathPart, type MeantPart, piecesOf, typeset } from '../../src/ui/mathml';

const texts = (part: MathPart | MeantPart): string =>
  typeof part === 'string' ? part : part.children.map(texts).join('');
/** Without the invisible sign between a function and what it is of. */
const written = (parts: readonly (MathPart | MeantPart)[]) =>
  parts.map(texts).join('').replaceAll('\u2061', '');
const names = (part: MathPart): string[] =>
  typeof part === 'string' ? [] : [part.name, ...part.children.flatMap(names)];

describe('TeX as MathML', () => {
  it.each(Object.entries({ ...formulas, ...symbols }))(
    '%s is TeX, and elements of MathML Core alone',
    (_, tex) => {
      for (const display of [false, true]) {
        const parts = typeset(tex, display);
        expect(written(parts)).not.toBe('');
        expect(parts.flatMap(names).filter((name) => !/^(m[a-z]+)$/.test(name))).toEqual([]);
      }
    },
  );

  it('refuses what is no TeX, and what would load, link or style', () => {
    const wrong = [
      '\\frac{1}',
      '\\nothing',
      '{',
      '\\href{https://x.example}{y}',
      '\\includegraphics{x.png}',
      '\\style{color:red}{x}',
    ];
    for (const tex of wrong) expect(() => typeset(tex), tex).toThrow();
  });

  it('has letters and digits that the fonts of the page hold', () => {
    const [bold] = typeset('\\mathbf{z}');
    expect(bold).toMatchObject({ name: 'mi', classes: ['bold'], children: ['z'] });
    const [italic] = typeset('T');
    expect(italic).toMatchObject({ name: 'mi', classes: ['italic'], children: ['T'] });
    const [upright] = typeset('\\operatorname{mean}');
    expect(upright).toMatchObject({ name: 'mi', classes: [], children: ['mean'] });
    for (const tex of Object.values(formulas))
      expect(written(typeset(tex))).not.toMatch(/[\u{1d400}-\u{1d7ff}]/u);
  });

  it('lets a bracket grow, and the bar of a divergence not', () => {
    const bars = (tex: string) => JSON.stringify(typeset(tex));
    expect(bars('p \\mathrel{\\Vert} q')).toContain('"stretchy":"false"');
    expect(bars('\\left\\Vert\\frac{1}{2}\\right\\Vert')).not.toContain('"stretchy":"false"');
  });

  it('leaves nothing to a style attribute that a style sheet can say', () => {
    expect(JSON.stringify(typeset('\\hat m', true))).not.toContain('mathDepth');
    expect(JSON.stringify(Object.values(formulas).map((tex) => typeset(tex, true)))).not.toMatch(
      /"style":\{"/,
    );
  });
});

describe('symbols in a formula', () => {
  const found = (tex: string, meanings: Record<string, string>) => {
    const { parts, present } = findSymbols(typeset(tex), meanings);
    const hits: [string, string][] = [];
    const walk = (part: MeantPart) => {
      if (typeof part === 'string') return;
      if ('meaning' in part) hits.push([written(part.children), part.meaning]);
      else part.children.forEach(walk);
    };
    parts.forEach(walk);
    expect(written(parts)).toBe(written(typeset(tex)));
    return { hits, present };
  };

  it('are found at any depth, the longer before the shorter', () => {
    const { hits, present } = found('p_i = \\frac{\\exp(z_i / T)}{\\sum_j T}', {
      p: 'p',
      p_i: 'pᵢ',
      T: 'temperature',
      q: 'q',
    });
    expect(hits).toEqual([
      ['pi', 'pᵢ'],
      ['T', 'temperature'],
      ['T', 'temperature'],
    ]);
    expect(present).toEqual(['p_i', 'T']);
  });

  it('may be of several parts, and need not be spelled alike', () => {
    expect(found('A_{g(m)} + g (m) + m', { 'g(m)': 'mapped', m: 'layer' }).hits).toEqual([
      ['g(m)', 'mapped'],
      ['g(m)', 'mapped'],
      ['m', 'layer'],
    ]);
    expect(found('5\\,L_\\text{ce}', { 'L_{\\text{ce}}': 'soft' }).hits).toEqual([['Lce', 'soft']]);
  });

  it('are themselves TeX', () => {
    expect(() => findSymbols(typeset('x'), { '\\frac': 'nothing' })).toThrow();
  });
});

describe('where a formula wraps', () => {
  const pieces = (tex: string) => piecesOf(typeset(tex)).map(written);

  it('is after a relation and before a sum’s sign, outside brackets', () => {
    expect(pieces('L = 5 a + 2 (b + c) - d')).toEqual(['L=', '5a', '+2(b+c)', '−d']);
    expect(pieces('\\theta \\gets -\\eta g')).toEqual(['θ←', '−ηg']);
    expect(pieces('x')).toEqual(['x']);
    expect(pieces('p(a = b) =')).toEqual(['p(a=b)=']);
  });

  it('loses nothing, and keeps a sign between two lines the sign of a sum', () => {
    for (const tex of Object.values(formulas)) expect(pieces(tex).join('')).toBe(written(typeset(tex)));
    const [, second] = piecesOf(typeset('a + b'));
    expect(second[0]).toMatchObject({ name: 'mo', attributes: { form: 'infix' } });
  });
});
