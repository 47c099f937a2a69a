/** When two texts are the same text, for what must not be both trained and tested on. */

/**
 * A text without case and signs, its words apart by one blank: equal for texts that differ in these alone. Where there
 * is no letter or digit (a smiley, a row of dots), the text itself, in lower case and single blanks.
 */
export function textKey(text: string): string {
  const lower = text.normalize('NFC').toLowerCase();
  const words = lower.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim();
  return words === '' ? lower.replace(/\s+/g, ' ').trim() : words;
}
