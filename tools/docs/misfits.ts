/** When a method does not fit, found by asking it: pairs of models that each differ from one that all methods fit. */
import type { Method, ModelShape, Pair } from '../../src/methods/method';

const teacher: ModelShape = {
  layers: 4,
  hiddenSize: 128,
  heads: 4,
  intermediateSize: 512,
  vocabularySize: 2048,
};

interface Case {
  student?: Partial<ModelShape>;
  teacher?: Partial<ModelShape>;
  plan?: Partial<Pair['plan']>;
}

/** What differs, in words, and how. */
const cases: Record<string, Case> = {
  'another width': { student: { hiddenSize: 64 } },
  'another number of heads': { student: { heads: 2 } },
  'a vocabulary of two words': { student: { vocabularySize: 2 }, teacher: { vocabularySize: 2 } },
  'a student of one layer': { student: { layers: 1 }, plan: { mapping: [4] } },
  'relation heads that don’t divide both widths': { plan: { dials: { relationHeads: 3 } } },
  'a layer of the teacher’s that there isn’t': { plan: { dials: { layersBeforeLast: 4 } } },
  'a mapping that ends before the teacher’s last layer': { plan: { mapping: [1, 2] } },
  'pairs of heads that name too few': { plan: { choices: { heads: 'paired' }, lists: { headPairs: [1] } } },
};

function pairOf({ student = {}, teacher: changed = {}, plan = {} }: Case, method: Method): Pair {
  const usual: Pair['plan'] = {
    weights: Object.fromEntries(Object.keys(method.terms).map((term) => [term, 1])),
    dials: {},
    choices: {},
    lists: {},
    positions: 'all',
    mapping: [2, 4],
  };
  return {
    student: { ...teacher, layers: 2, ...student },
    teacher: { ...teacher, ...changed },
    plan: { ...usual, ...plan },
  };
}

/** What keeps a method's terms from being had, by what differs; `terms` are the ids of those concerned, none for all of it. */
export function misfitsOf(method: Method): { what: string; terms: string[] }[] {
  return Object.entries(cases).flatMap(([what, differing]) => {
    const pair = pairOf(differing, method);
    const terms = Object.keys(method.terms).filter((term) => method.terms[term].misfit?.(pair));
    const whole = method.replacement?.misfit(pair) || terms.length === Object.keys(method.terms).length;
    if (terms.length === 0 && !method.replacement?.misfit(pair)) return [];
    return [{ what, terms: whole ? [] : terms }];
  });
}

/** True where a method fits the pair that all others differ from: what is found is then due to the difference. */
export function fitsUsual(method: Method): boolean {
  const pair = pairOf({}, method);
  const asked = [...Object.values(method.terms).map(({ misfit }) => misfit), method.replacement?.misfit];
  return asked.every((misfit) => !misfit?.(pair));
}
