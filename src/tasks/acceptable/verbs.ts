/** Forms of common English verbs, for rules that put a wrong one in place of the right one. */

/** Base and past of verbs whose past is no other word, so that it can't be right where the base stood. */
const irregular = [
  'be was, become became, begin began, blow blew, break broke, bring brought, build built, buy bought, catch caught',
  'choose chose, come came, do did, draw drew, drink drank, eat ate, fly flew, forget forgot, get got, give gave, go went',
  'grow grew, have had, hear heard, hide hid, hold held, keep kept, know knew, learn learned, lose lost, make made',
  'meet met, run ran, sell sold, send sent, sing sang, sit sat, sleep slept, spend spent, stand stood, swim swam',
  'take took, teach taught, tell told, throw threw, understand understood, wake woke, wear wore, win won, write wrote',
];
/** Verbs whose past is another word too (a saw, to found, the left door): only their third person is used. */
const ambiguous =
  'fall fell, feel felt, find found, leave left, say said, see saw, think thought, ride rode, speak spoke';
/** Verbs that take -ed. */
const regular = [
  'ask believe belong call carry clean climb close cook count decide drop finish follow happen help imagine knock',
  'learn like listen live look move need open pick play pull push reach remember sail shout show smile stay stop talk',
  'try turn wait walk want wash watch work worry',
];

interface Forms {
  /** she walks */
  third: string;
  /** she walked; null where that is another word too. */
  past: string | null;
}

const consonantY = /[^aeiou]y$/;
const hisses = /(s|x|z|ch|sh|o)$/;

/** The form with -s of a verb or a noun, by the rules of spelling. */
export function withS(word: string): string {
  if (consonantY.test(word)) return `${word.slice(0, -1)}ies`;
  return hisses.test(word) ? `${word}es` : `${word}s`;
}

function withEd(word: string): string {
  if (consonantY.test(word)) return `${word.slice(0, -1)}ied`;
  if (word.endsWith('e')) return `${word}d`;
  return /^(drop|stop)$/.test(word) ? `${word}ped` : `${word}ed`;
}

const pairsOf = (list: string) => list.split(', ').map((pair) => pair.split(' '));
const thirdOf = (base: string) => ({ be: 'is', have: 'has' })[base] ?? withS(base);

/** Forms by the base. */
export const verbs: ReadonlyMap<string, Forms> = new Map<string, Forms>([
  ...irregular.flatMap(pairsOf).map(([base, past]) => [base, { third: thirdOf(base), past }] as const),
  ...pairsOf(ambiguous).map(([base]) => [base, { third: thirdOf(base), past: null }] as const),
  ...regular
    .flatMap((line) => line.split(' '))
    .map((base) => [base, { third: thirdOf(base), past: withEd(base) }] as const),
]);

/** The base by the third person, of full verbs: auxiliaries have rules of their own. */
export const basesByThird: ReadonlyMap<string, string> = new Map(
  [...verbs]
    .filter(([base]) => !['be', 'do', 'have'].includes(base))
    .map(([base, { third }]) => [third, base]),
);
