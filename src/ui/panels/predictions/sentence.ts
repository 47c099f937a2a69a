const mask = '[MASK]';

/**
 * Puts [MASK] in place of the selection, or at the caret, and takes away a [MASK] that stands elsewhere: the models
 * answer one at a time. Spaces are added where the mask would touch a word. Returns the sentence and the new caret.
 */
export function placeMask(sentence: string, start: number, end: number): { sentence: string; caret: number } {
  const withoutMask = (part: string) => part.replaceAll(mask, '').replace(/ {2,}/g, ' ');
  // A selection that cuts through the old [MASK] would leave half of it behind.
  for (let at = sentence.indexOf(mask); at >= 0; at = sentence.indexOf(mask, at + 1)) {
    if (start > at && start < at + mask.length) start = at;
    if (end > at && end < at + mask.length) end = at + mask.length;
  }
  let before = withoutMask(sentence.slice(0, start));
  let after = withoutMask(sentence.slice(end));
  if (/[\p{L}\p{N}]$/u.test(before)) before += ' ';
  if (/^[\p{L}\p{N}]/u.test(after)) after = ` ${after}`;
  if (before.endsWith(' ') || before === '') after = after.replace(/^ +(?=[.,;:!?])/, '');
  return { sentence: before + mask + after, caret: before.length + mask.length };
}
