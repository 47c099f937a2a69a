import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../src/ui/readNumber';

const read = (text: string, locale = 'en', integer = false) => {
  const reading = readNumber(text, { locale, integer });
  if (reading.kind === 'number') return reading.value;
  return reading.kind === 'doubtful' ? reading.values : null;
};
const whole = (text: string, locale = 'en') => read(text, locale, true);
const languages = ['en', 'id', 'ko', 'zh', 'ja', 'de', 'fr', 'de-CH', 'sv', 'en-IN', 'ar-EG', 'hi'];

describe('a number as people write it', () => {
  it('has a point or a comma before its fraction, in every language', () => {
    for (const locale of languages) {
      expect([read('2.5', locale), read('2,5', locale)], locale).toEqual([2.5, 2.5]);
      expect([read('0.125', locale), read('0,125', locale)], locale).toEqual([0.125, 0.125]);
      expect([read('.5', locale), read(',5', locale), read('2.', locale)], locale).toEqual([0.5, 0.5, 2]);
    }
  });

  it('may have an exponent, a sign, other digits, spaces around it', () => {
    expect([read('5e-4'), read('5,2E-4'), read('1e3'), read(' 7 '), read('+3'), read('−3')]).toEqual([
      0.0005, 0.00052, 1000, 7, 3, -3,
    ]);
    expect([read('２．５'), read('٢٫٥'), read('२.५')]).toEqual([2.5, 2.5, 2.5]);
  });

  it('may have its thousands set apart', () => {
    expect([read('1,234.5'), read('1.234,5'), read('1 234,5'), read('1’234.5'), read('12,345.678')]).toEqual([
      1234.5, 1234.5, 1234.5, 1234.5, 12345.678,
    ]);
    expect([
      whole('1,234,567'),
      whole('1.234.567'),
      whole('1 000'),
      whole('1\u202f000'),
      whole('1_000'),
    ]).toEqual([1234567, 1234567, 1000, 1000, 1000]);
  });

  it('is read as the page writes it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.integer({ min: 0, max: 4_294_967_295 }),
        (locale, value) => {
          expect(whole(new Intl.NumberFormat(locale).format(value), locale)).toBe(value);
          expect(whole(String(value), locale)).toBe(value);
        },
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (locale, value) => {
          const shown = Number(value.toPrecision(3));
          const words = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(value);
          // Thousands of a real number look like a fraction elsewhere: asked, with the right one among the choices.
          const reading = read(words, locale);
          if (Array.isArray(reading)) expect(reading).toContain(shown);
          else expect(reading).toBe(shown);
          expect([read(String(value), locale)].flat()).toContain(value);
        },
      ),
    );
  });
});

describe('what could be two numbers is asked', () => {
  it('by the language of the page', () => {
    expect([whole('1,000'), whole('1.000')]).toEqual([1000, [1000, 1]]);
    expect([read('1,000'), read('1.000')]).toEqual([[1000, 1], 1]);
    expect([whole('1.000', 'de'), whole('1,000', 'de')]).toEqual([1000, [1000, 1]]);
    expect([read('1.000', 'de'), read('1,000', 'de')]).toEqual([[1000, 1], 1]);
    expect([whole('1.000', 'fr'), whole('1,000', 'fr')]).toEqual([
      [1000, 1],
      [1000, 1],
    ]);
  });

  it('also where only one of the readings is a whole number', () => {
    expect(whole('1.234')).toEqual([1234]);
    expect(whole('2.5')).toBe(2.5);
  });
});

it('what is no number is none', () => {
  for (const text of [
    '',
    ' ',
    '.',
    ',',
    '-',
    'e5',
    'abc',
    '1 2',
    '1,,000',
    '1,2,3',
    '1.2.3',
    '12 34',
    '1e',
    '5 000 00',
  ]) {
    expect(read(text), JSON.stringify(text)).toBeNull();
  }
  expect([read('1,000.5.2'), read('0x10'), read('Infinity'), read('NaN'), read('1e5000')]).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});
