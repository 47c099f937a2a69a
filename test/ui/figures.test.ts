// @vitest-environment node
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { gradientOf, listed } from '../../src/ui/figures/colours';
import { csvOf } from '../../src/ui/figures/csv';
import { broken } from '../../src/ui/figures/frame';
import { escaped, tag } from '../../src/ui/figures/markup';
import { scaleOf } from '../../src/ui/figures/png';
import { fileName } from '../../src/ui/figures/saveFigure';

const parsed = (text: string): string[][] =>
  new Papa.Parser({ delimiter: ',', newline: '\r\n' } as never).parse(text, 0, false).data as string[][];

describe('numbers as a file', () => {
  it('are read back as they were, whatever is in them, and no text is a formula', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.oneof(
              fc.string({ unit: 'binary' }),
              fc.constantFrom('=1+1', '-2+3', '@x', '+a', '\tb', 'a,"b"\r\n'),
            ),
            fc.double({ noNaN: true, noDefaultInfinity: true }),
          ),
          { minLength: 1 },
        ),
        (lines) => {
          const text = csvOf(lines);
          const found = parsed(text).slice(0, lines.length);
          found.forEach(([words, number], i) => {
            expect(words.replace(/^'(?=[=+\-@\t\r])/, '')).toBe(lines[i][0].replace(/^'(?=[=+\-@\t\r])/, ''));
            expect(Number(number)).toBe(lines[i][1] + 0);
            if (/^[=+\-@\t\r]/.test(words)) expect(Number.isNaN(Number(words))).toBe(false);
          });
        },
      ),
    );
  });

  it('keeps numbers that begin with a sign, written as text too, and leaves out what is none', () => {
    expect(csvOf([[-1.5, '-1.5', '+2e-7', '-1.5x', null, Number.NaN, Number.POSITIVE_INFINITY]])).toBe(
      "-1.5,-1.5,+2e-7,'-1.5x,,,\r\n",
    );
    expect(csvOf([[0.1 + 0.2]])).toBe('0.30000000000000004\r\n');
  });
});

describe('SVG as text', () => {
  it('is escaped, and holds nothing that XML forbids', () => {
    expect(tag('text', { x: 1.23456, y: null, 'font-family': '"Inter", a' }, escaped('a < b & c'))).toBe(
      '<text x="1.23" font-family="&quot;Inter&quot;, a">a &lt; b &amp; c</text>',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must be gone
        expect(escaped(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f<>"]/);
      }),
    );
    expect(escaped('a\ud800b\udc00c😀')).toBe('abc😀');
  });

  it('breaks long lines at blanks, or anywhere where there is none', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 5, max: 40 }), (line, most) => {
        const lines = broken(line, most);
        expect(lines.every(({ length }) => length <= most)).toBe(true);
        expect(lines.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''));
      }),
    );
    expect(broken('Stillroom, seed 1', 12)).toEqual(['Stillroom,', 'seed 1']);
  });

  it('has the stops of a gradient in order, along its axis', () => {
    expect(listed('rgb(1, 2, 3), a(b(c, d), e), f')).toEqual(['rgb(1, 2, 3)', 'a(b(c, d), e)', 'f']);
    expect(gradientOf('linear-gradient(90deg in oklab, rgb(0, 0, 0), rgb(9, 9, 9) 30%, red)')).toEqual({
      across: true,
      stops: [
        { css: 'rgb(0, 0, 0)', at: 0 },
        { css: 'rgb(9, 9, 9)', at: 0.3 },
        { css: 'red', at: 1 },
      ],
    });
    expect(gradientOf('linear-gradient(red, blue)')?.across).toBe(false);
    expect(gradientOf('linear-gradient(to left, red, blue)')?.stops[0]).toEqual({ css: 'blue', at: 0 });
    expect(gradientOf('none')).toBeNull();
    expect(gradientOf('radial-gradient(red, blue)')).toBeNull();
  });
});

describe('files', () => {
  it('have names that every system takes', () => {
    expect(fileName('Predictions for “One [MASK] é”', 'svg')).toBe(
      'stillroom-predictions-for-one-mask-e.svg',
    );
    expect(fileName('猫', 'png')).toBe('stillroom-figure.png');
    expect(fileName('a'.repeat(200), 'csv').length).toBeLessThan(80);
  });

  it('of dots are twice as sharp as the page, unless they would be too large', () => {
    expect(scaleOf(400, 300)).toBe(2);
    const scale = scaleOf(5000, 4000);
    expect(5000 * 4000 * scale ** 2).toBeCloseTo(16e6, -2);
  });
});
