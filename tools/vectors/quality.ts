/** How good word vectors are, by a small check of our own: words of one kind belong together. */
import type { WordVectors } from '../../src/augment/wordVectors';
import { randomStream } from '../../src/data/random';

/** Plain words of everyday life by kind, written for this check; what has no vector is left out. */
const kinds: Record<string, string> = {
  animals: 'dog cat horse cow goat sheep duck bird fish rabbit mouse hen bee snail fox turtle',
  food: 'bread soup rice cheese cake apple egg potato tomato onion salad butter milk honey pasta noodles',
  family: 'mother father sister brother grandmother grandfather aunt uncle cousin son daughter baby',
  body: 'hand foot arm leg head eye nose mouth ear knee finger hair tooth stomach',
  clothes: 'coat shirt shoes hat scarf jacket dress socks trousers gloves boots sweater',
  vehicles: 'bus train car bike bicycle boat taxi tram plane ship truck ferry',
  weather: 'rain snow wind sun storm fog cloud thunder ice heat',
  rooms: 'kitchen bathroom bedroom garden hall garage cellar balcony attic classroom office',
  furniture: 'table chair bed sofa shelf lamp desk cupboard drawer stove fridge',
  people: 'teacher doctor nurse farmer baker driver pilot waiter cook singer painter policeman',
  school: 'book pencil pen paper notebook lesson homework test exam blackboard',
  sports: 'football tennis baseball basketball swimming running game match race team',
  colours: 'red blue green yellow white black brown grey orange pink',
  numbers: 'two three four five six seven eight nine ten twelve',
  times: 'monday tuesday wednesday thursday friday saturday sunday',
  parts: 'morning evening afternoon night noon midnight',
  feelings: 'happy sad angry afraid tired hungry proud glad nervous worried',
  sizes: 'big small long short tall large little tiny high deep',
  moved: 'ran walked went climbed jumped swam drove flew came rode',
  said: 'said asked told answered shouted whispered called replied explained',
  seen: 'saw watched heard felt noticed found looked',
  names: 'tom anna ben mia sara leo omar lily budi siti ayu minho wei mei kenji yuki hana ravi nina',
  places: 'school shop market station hospital library museum park beach village city',
  nature: 'tree flower river mountain lake sea forest hill stone leaf grass',
  music: 'piano guitar drum violin song band concert choir',
};

export interface Quality {
  /** Words of the check that have a vector, and of how many. */
  words: number;
  asked: number;
  /** Share right where one of four words is of another kind; chance is 0.25. */
  oddOneOut: number;
  /** Share of the 10 nearest words with a kind that are of the word's own, and what chance would give. */
  sameKind: number;
  chance: number;
}

const cosine = ({ dimension, data }: WordVectors, i: number, j: number): number => {
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += data[i * dimension + k] * data[j * dimension + k];
  return sum;
};

export function quality(vectors: WordVectors, draws = 4000): Quality {
  const asked = Object.values(kinds).map((words) => words.split(' '));
  const groups = asked
    .map((words) => words.flatMap((word) => vectors.index.get(word) ?? []))
    .filter((group) => group.length >= 3);
  const kindOf = new Map(groups.flatMap((group, kind) => group.map((word) => [word, kind] as const)));
  const all = [...kindOf.keys()];

  const random = randomStream(1, 0, 'odd one out');
  let right = 0;
  for (let draw = 0; draw < draws; draw++) {
    const kind = random.integer(groups.length);
    const own = [...groups[kind]];
    const three = Array.from({ length: 3 }, () => own.splice(random.integer(own.length), 1)[0]);
    const other = (kind + 1 + random.integer(groups.length - 1)) % groups.length;
    const four = [...three, groups[other][random.integer(groups[other].length)]];
    const belonging = four.map((word) => four.reduce((sum, one) => sum + cosine(vectors, word, one), 0));
    if (belonging.indexOf(Math.min(...belonging)) === 3) right += 1;
  }

  let same = 0;
  let chance = 0;
  for (const word of all) {
    const others = all.filter((one) => one !== word);
    const nearest = others
      .map((one) => ({ one, near: cosine(vectors, word, one) }))
      .sort((a, b) => b.near - a.near)
      .slice(0, 10);
    const kind = kindOf.get(word)!;
    const possible = Math.min(10, groups[kind].length - 1);
    same += nearest.filter(({ one }) => kindOf.get(one) === kind).length / possible;
    chance += ((groups[kind].length - 1) * 10) / others.length / possible;
  }
  return {
    words: all.length,
    asked: asked.flat().length,
    oddOneOut: right / draws,
    sameKind: same / all.length,
    chance: chance / all.length,
  };
}
