/** Words by their kind, as the rules of *acceptable* need them. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const determiners = set('the a an my your our their every');
/** What may follow a preposition at the beginning of a noun phrase, or as all of it. */
export const nounPhraseStarts = set(
  'the a an my your our their every his her its this these those me him them us',
);
export const prepositions = set(
  'in on at of from with into for by under near behind through across between beside against without after before',
);
export const smallWords = set('the a of to at in on with for from and');
export const subjects = set('i he she it we they you');
export const thirdPersons = set('he she it');
export const auxiliaries = set('did does do was is are were can could will would has have had must should');
export const beforeBase = set(
  "can could will would must should did didn't don't doesn't can't couldn't won't wouldn't cannot shouldn't",
);
export const numbers = set(
  'two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred many several',
);
/** After these *was* and *were* may stand for each other. */
export const unreal = set('if wish wished wishes though although unless suppose');

/** Right after these an infinitive needs its *to*. */
export const beforeTo = set(
  'want wants wanted have has had like likes liked need needs needed try tries tried going began begins begin started ' +
    'decided forgot learn learned able hope hoped ready allowed used how easy hard nothing',
);
/** Verbs that are nouns or participles too, so that without *to* they may still be right. */
export const nounsToo = set(
  'become come run work walk sleep talk look help drink play swim call ride show drop stop cook wash clean open close ' +
    'move pull push sail turn wait worry need fly fall feel find make win laugh try drive smile climb live pick shout ' +
    'catch hold watch count answer',
);
/** Nouns and adjectives that hold what follows by *of*. */
export const beforeOf = set(
  'one some none piece cup glass kind pair afraid instead top end middle bottom edge part slice bottle bag full proud ' +
    'lot corner rest smell sound colour',
);
/** Verbs and the preposition that they need. */
export const verbPrepositions: ReadonlyMap<string, string> = new Map([
  ...['look', 'looks', 'looked', 'looking', 'smiled', 'laughs', 'stared', 'pointed', 'arrived'].map(
    (verb) => [verb, 'at'] as const,
  ),
  ...[
    'listen',
    'listens',
    'listened',
    'listening',
    'belongs',
    'belonged',
    'went',
    'go',
    'goes',
    'going',
    'came',
  ].map((verb) => [verb, 'to'] as const),
  ...['wait', 'waits', 'waited', 'waiting'].map((verb) => [verb, 'for'] as const),
  ...['lives', 'lived', 'live'].map((verb) => [verb, 'in'] as const),
]);

/** Words in -ing after which a form of *be* was no auxiliary. */
export const noParticiples = set(
  'nothing something anything everything morning evening during spring string king ring thing wing ceiling building ' +
    'wedding pudding bring sing ding sting swing duckling lightning clothing',
);
/** Nouns that stand without an article as well: in bed, on time, with snow. */
export const bareNouns = set(
  'school bed home night town class work breakfast lunch dinner winter summer spring autumn water snow sand glass stone ' +
    'hand foot land fish front time fire side top paper rain light air colour day year week sound chalk wood cloth ' +
    'bread string cake cheese fruit hair egg chocolate number place other one end way left right',
);
/** Beginnings that are spoken otherwise than they are written. */
export const silentH = /^(hour|honest|heir|honou?r)/;
export const spokenConsonant = /^(u|eu|one|once)/;
