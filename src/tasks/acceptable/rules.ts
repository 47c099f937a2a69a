/**
 * The rules that make a sentence wrong. Each looks for a place where only one order, form or word is right and puts
 * another there; places where a second one might do (two nouns exchanged, *laughed* for *laughs*) are left alone.
 */
import * as list from './lists';
import { basesByThird, verbs, withS } from './verbs';
import { doubled, exchanged, joins, replaced, type Word, without } from './words';

export interface Place {
  words: readonly Word[];
  /** The words in lower case. */
  lower: readonly string[];
  /** Words that occur in the texts, in lower case: a plural that isn't among them may be no word. */
  known: ReadonlySet<string>;
}

/** The sentence with a fault at word i; null where the rule does not apply. */
type Rule = (place: Place, i: number) => Word[] | null;

/** Two or three words in the wrong order. */
const order = {
  /** dog the */
  determinerAfterNoun: ({ words, lower }, i) =>
    i > 0 && list.determiners.has(lower[i]) && joins(words, i) ? exchanged(words, i, i + 1) : null,

  /** the in kitchen */
  prepositionAfterDeterminer: ({ words, lower }, i) =>
    i > 0 && list.prepositions.has(lower[i]) && list.determiners.has(lower[i + 1]) && joins(words, i)
      ? exchanged(words, i, i + 1)
      : null,

  /** kitchen the in */
  phraseBackwards: ({ words, lower }, i) =>
    i > 0 &&
    list.prepositions.has(lower[i]) &&
    list.determiners.has(lower[i + 1]) &&
    joins(words, i) &&
    joins(words, i + 1)
      ? exchanged(words, i, i + 2)
      : null,

  /** wanted go to */
  toAfterVerb: ({ words, lower }, i) =>
    i > 0 && lower[i] === 'to' && isBase(lower[i + 1]) && !list.nounsToo.has(lower[i + 1]) && joins(words, i)
      ? exchanged(words, i, i + 1)
      : null,

  /** not did see */
  notFirst: ({ words, lower }, i) =>
    i > 0 && list.auxiliaries.has(lower[i]) && lower[i + 1] === 'not' && joins(words, i)
      ? exchanged(words, i, i + 1)
      : null,
} satisfies Record<string, Rule>;

/** A word in a wrong form. */
const form = {
  /** he were, they was, I has */
  agreement: ({ words, lower }, i) => {
    const wrong = disagreements.get(lower[i])?.get(lower[i + 1]);
    if (!wrong || !joins(words, i) || lower.some((word) => list.unreal.has(word))) return null;
    return replaced(words, i + 1, wrong);
  },

  /** there were a */
  thereWere: ({ words, lower }, i) =>
    lower[i] === 'there' &&
    (lower[i + 1] === 'was' || lower[i + 1] === 'is') &&
    /^an?$/.test(lower[i + 2] ?? '') &&
    joins(words, i) &&
    !lower.includes('and') &&
    words.slice(0, -1).every(({ after }) => after === '')
      ? replaced(words, i + 1, lower[i + 1] === 'was' ? 'were' : 'are')
      : null,

  /** she walk */
  thirdWithoutS: ({ words, lower }, i) => {
    const base = basesByThird.get(lower[i + 1]);
    return list.thirdPersons.has(lower[i]) && base && joins(words, i) ? replaced(words, i + 1, base) : null;
  },

  /** they walks */
  othersWithS: ({ words, lower }, i) =>
    /^(i|we|they)$/.test(lower[i]) && isFullVerb(lower[i + 1]) && joins(words, i)
      ? replaced(words, i + 1, verbs.get(lower[i + 1])!.third)
      : null,

  /** can sees, to goes */
  thirdForBase: (place, i) => inPlaceOfBase(place, i, 'third'),

  /** did saw, to went */
  pastForBase: (place, i) => inPlaceOfBase(place, i, 'past'),

  /** two dog */
  singularAfterNumber: ({ words, lower, known }, i) => {
    if (!list.numbers.has(lower[i]) || !joins(words, i)) return null;
    const singular = singularOf(lower[i + 1]);
    return singular && known.has(singular) ? replaced(words, i + 1, singular) : null;
  },

  /** a dogs */
  pluralAfterArticle: ({ words, lower, known }, i) => {
    if (!/^(a|an|every|each|another)$/.test(lower[i]) || !joins(words, i)) return null;
    const noun = lower[i + 1];
    const plural = withS(noun);
    const ends = i + 2 === words.length || words[i + 1].after !== '' || list.prepositions.has(lower[i + 2]);
    return ends && known.has(plural) && !list.bareNouns.has(noun) ? replaced(words, i + 1, plural) : null;
  },

  /** an dog, a apple */
  article: ({ words, lower }, i) => {
    if (!joins(words, i)) return null;
    const next = lower[i + 1];
    if (lower[i] === 'an' && /^[aeiou]/.test(next)) return replaced(words, i, 'a');
    if (lower[i] !== 'a' || list.silentH.test(next)) return null;
    return /^[^aeiou]/.test(next) || list.spokenConsonant.test(next) ? replaced(words, i, 'an') : null;
  },
} satisfies Record<string, Rule>;

/** A small word that is another, missing or doubled. */
const small = {
  /** the the */
  doubledWord: ({ words, lower }, i) =>
    i > 0 && list.smallWords.has(lower[i]) && joins(words, i - 1) && joins(words, i)
      ? doubled(words, i)
      : null,

  /** wanted go */
  missingTo: ({ words, lower }, i) =>
    i > 0 &&
    lower[i] === 'to' &&
    list.beforeTo.has(lower[i - 1]) &&
    isBase(lower[i + 1]) &&
    !list.nounsToo.has(lower[i + 1]) &&
    joins(words, i - 1) &&
    joins(words, i)
      ? without(words, i)
      : null,

  /** one the boys */
  missingOf: (place, i) => (heldByOf(place, i) ? without(place.words, i) : null),

  /** looked me */
  missingPreposition: (place, i) => (heldByVerb(place, i) ? without(place.words, i) : null),

  /** he reading, she a teacher */
  missingBe: ({ words, lower }, i) => {
    if (i === 0 || !list.subjects.has(lower[i - 1]) || !/^(am|is|was|are|were)$/.test(lower[i])) return null;
    if (!joins(words, i - 1) || !joins(words, i)) return null;
    const next = lower[i + 1];
    const participle = /[a-z]{3,}ing$/.test(next) && !list.noParticiples.has(next);
    return participle || /^(an?|the|not|very|too)$/.test(next) ? without(words, i) : null;
  },

  /** in kitchen */
  missingArticle: ({ words, lower, known }, i) => {
    if (i === 0 || !/^(the|a|an)$/.test(lower[i]) || !list.prepositions.has(lower[i - 1])) return null;
    if (!joins(words, i - 1) || !joins(words, i)) return null;
    const noun = lower[i + 1];
    const ends = i + 2 === words.length || words[i + 1].after !== '' || list.prepositions.has(lower[i + 2]);
    return ends && known.has(withS(noun)) && !list.bareNouns.has(noun) ? without(words, i) : null;
  },

  /** one at the boys */
  wrongForOf: (place, i) => (heldByOf(place, i) ? replaced(place.words, i, 'at') : null),

  /** looked of me */
  wrongPreposition: (place, i) => (heldByVerb(place, i) ? replaced(place.words, i, 'of') : null),
} satisfies Record<string, Rule>;

export const rules = { ...order, ...form, ...small };
export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as RuleName[];

const agreements: [subjects: string[], wrong: [right: string, wrong: string][]][] = [
  [
    ['i'],
    [
      ['am', 'is'],
      ['was', 'were'],
      ['have', 'has'],
      ['do', 'does'],
      ["don't", "doesn't"],
    ],
  ],
  [
    ['he', 'she', 'it'],
    [
      ['is', 'are'],
      ['was', 'were'],
      ['has', 'have'],
      ['does', 'do'],
      ["doesn't", "don't"],
    ],
  ],
  [
    ['we', 'they', 'you'],
    [
      ['are', 'is'],
      ['were', 'was'],
      ['have', 'has'],
      ['do', 'does'],
      ["don't", "doesn't"],
    ],
  ],
];
const disagreements: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  agreements.flatMap(([subjects, wrong]) => subjects.map((subject) => [subject, new Map(wrong)] as const)),
);

const isBase = (word: string | undefined) => word !== undefined && verbs.has(word);
const isFullVerb = (word: string | undefined) => isBase(word) && !/^(be|do|have)$/.test(word!);

/** A wrong form where *can*, *did* (perhaps with a pronoun between) or *to* asks for the base; i is the verb's place. */
function inPlaceOfBase({ words, lower }: Place, i: number, wrong: 'third' | 'past'): Word[] | null {
  const wrongForm = verbs.get(lower[i])?.[wrong];
  if (!wrongForm || !joins(words, i - 1)) return null;
  const asked =
    lower[i - 1] === 'to' ||
    list.beforeBase.has(lower[i - 1]) ||
    (list.subjects.has(lower[i - 1]) && list.beforeBase.has(lower[i - 2]) && joins(words, i - 2));
  return asked ? replaced(words, i, wrongForm) : null;
}

/** True where word i is an *of* that what stands before it needs. */
const heldByOf = ({ words, lower }: Place, i: number) =>
  i > 0 && lower[i] === 'of' && list.beforeOf.has(lower[i - 1]) && joins(words, i - 1) && joins(words, i);

/** True where word i is the preposition that the verb before it needs, and a noun phrase follows. */
const heldByVerb = ({ words, lower }: Place, i: number) =>
  i > 0 &&
  list.verbPrepositions.get(lower[i - 1]) === lower[i] &&
  list.nounPhraseStarts.has(lower[i + 1]) &&
  joins(words, i - 1) &&
  joins(words, i);

/** The singular of a regular plural; null where the word may be none. */
function singularOf(word: string): string | null {
  if (word.length < 4 || !word.endsWith('s') || /(ss|us|ves)$/.test(word)) return null;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /(ch|sh|ss|x|o)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}
