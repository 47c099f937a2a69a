/** Numbers as people write them, in any of the ways of the world. */

export type ReadNumber =
  | { kind: 'number'; value: number }
  /** It could be more than one number, or another than it seems: to be asked, the larger first. */
  | { kind: 'doubtful'; values: number[] }
  | { kind: 'none' };

interface Reading {
  /** BCP 47, the page's language. */
  locale: string;
  /** True where a whole number is wanted. */
  integer: boolean;
}

/** The zeros of other digits than ours: Arabic, Persian, Devanagari, Bengali, Thai. Full-width ones are normalised. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];
const none: ReadNumber = { kind: 'none' };

/** In our digits and signs. Spaces of every width, apostrophes and underscores, which only ever group, become spaces. */
const plain = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .replace(/\p{Nd}/gu, (digit) => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = zeros.find((first) => code >= first && code < first + 10);
      return zero === undefined ? digit : String(code - zero);
    })
    .replace(/[−‒–]/g, '-')
    .replace(/٫/g, ',')
    .replace(/[\s'’_٬]/gu, ' ');

/** The mark between whole and fraction, and the one between thousands, in a language. */
function marksOf(locale: string): { decimal: string; group: string } {
  const parts = new Intl.NumberFormat(locale).formatToParts(1234567.5);
  const mark = (type: Intl.NumberFormatPartTypes) =>
    plain(`0${parts.find((part) => part.type === type)?.value ?? ''}0`).slice(1, -1);
  return { decimal: mark('decimal'), group: mark('group') };
}

/** Digits in threes (in India, the upper ones in twos) between such marks; more than one mark, or one that can't mean anything else. */
const isGrouped = (text: string, mark: string) =>
  new RegExp(`^[1-9]\\d{0,2}(\\${mark}\\d{3})+$|^[1-9]\\d?(\\${mark}\\d{2})+\\${mark}\\d{3}$`).test(text);

/**
 * Reads what a person wrote. `2.5` and `2,5` are the same everywhere, since nothing else can be meant; what the page
 * itself writes in its language (`1,000` steps) is read as that. Where both readings are possible (in English `1.000`
 * as a whole number, `1,000` as a real one) it is doubtful.
 */
export function readNumber(text: string, { locale, integer }: Reading): ReadNumber {
  const [, sign, written, exponent = '0'] =
    /^([+-]?)([\d., ]*\d[\d., ]*)(?:e([+-]?\d{1,3}))?$/i.exec(plain(text)) ?? [];
  if (written === undefined) return none;
  const value = (whole: string, fraction: string) => {
    const read = Number(`${sign === '-' ? '-' : ''}${whole || '0'}.${fraction || '0'}e${exponent}`);
    return Object.is(read, -0) ? 0 : read;
  };
  const number = (whole: string, fraction = ''): ReadNumber => ({
    kind: 'number',
    value: value(whole, fraction),
  });

  // Spaces can only stand between thousands, before the fraction.
  const [thousands, behind] = [/^[\d ]*/.exec(written)?.[0] ?? '', written.replace(/^[\d ]*/, '')];
  const spaced = thousands.includes(' ');
  if (behind.includes(' ') || (spaced && !isGrouped(thousands, ' '))) return none;
  const digits = thousands.replaceAll(' ', '') + behind;
  const marks = digits.replace(/\d/g, '');
  if (marks === '') return number(digits);

  const last = marks[marks.length - 1];
  const at = digits.lastIndexOf(last);
  const [before, after] = [digits.slice(0, at), digits.slice(at + 1)];
  if (marks.length > 1) {
    const other = last === '.' ? ',' : '.';
    // Of two kinds of marks the last is the decimal one; several of one kind are between thousands.
    if (isGrouped(before, other) && !spaced) return number(before.replaceAll(other, ''), after);
    return isGrouped(digits, last) && !spaced ? number(digits.replaceAll(last, '')) : none;
  }
  if (spaced || !isGrouped(digits, last)) return number(before, after);

  const { decimal, group } = marksOf(locale);
  if (last === (integer ? group : decimal)) return integer ? number(before + after) : number(before, after);
  const readings = [value(before + after, ''), value(before, after)];
  return { kind: 'doubtful', values: integer ? readings.filter(Number.isInteger) : readings };
}
