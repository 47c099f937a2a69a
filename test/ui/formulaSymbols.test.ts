import { describe, expect, it } from 'vitest';
import { formulaSymbols } from '../../src/i18n/formulaSymbols';
import { termIds, termOf } from '../../src/methods/registry';
import { findSymbols, type MeantPart, typeset } from '../../src/ui/mathml';

const meanings = Object.fromEntries(Object.values(formulaSymbols).map((tex) => [tex, 'meant']));

/** Letters and names that no symbol accounts for. */
const unexplained = (part: MeantPart): string[] => {
  if (typeof part === 'string' || 'meaning' in part) return [];
  if (part.name === 'mi') return [part.children.join('')].filter((name) => /\p{L}/u.test(name));
  return part.children.flatMap(unexplained);
};

describe('every symbol of a formula is explained where it stands', () => {
  it.each(termIds)('%s', (term) => {
    expect(findSymbols(typeset(termOf(term).tex, true), meanings).parts.flatMap(unexplained)).toEqual([]);
  });
});

it('every explained symbol stands in a formula', () => {
  const present = termIds.flatMap((term) => findSymbols(typeset(termOf(term).tex, true), meanings).present);
  expect(Object.values(formulaSymbols).filter((tex) => !present.includes(tex))).toEqual([]);
});
