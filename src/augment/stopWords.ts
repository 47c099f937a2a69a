/**
 * English words that augmentation leaves alone: those that hold a sentence together and say little by themselves. What an
 * apostrophe leaves of a contraction stands here too (`don` of "don't", `ll` of "she'll"), as BERT cuts it.
 */
const lists = {
  articles: 'a an the',
  pronouns: `i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself
    we us our ours ourselves they them their theirs themselves who whom whose which what this that these those
    one ones each both all any some such own same other another`,
  verbs: `am is are was were be been being have has had having do does did doing done will would shall should can could
    may might must ought`,
  prepositions: `of at by for with about against between among into through during before after above below to from up
    down in out on off over under near upon onto toward towards within without across along around behind beside
    beyond until till since than`,
  conjunctions: 'and but or nor so yet if then else because as while although though unless whether',
  adverbs: `not no very too just only even also again further once here there when where why how now ever never still
    more most few less least much many quite rather`,
  contractions: `s t d m ll re ve don didn doesn isn aren wasn weren hasn haven hadn won wouldn shouldn couldn mustn
    needn mightn ain shan let`,
};

export const stopWords: ReadonlySet<string> = new Set(
  Object.values(lists).flatMap((list) => list.split(/\s+/)),
);
