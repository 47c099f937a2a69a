/** Random experiments that the schema accepts, whether or not they make sense. */
import fc from 'fast-check';
import { bounds } from '../../src/config/bounds';
import type { Arm, Experiment, Plan } from '../../src/config/experiment';
import { withoutNothing } from '../../src/config/paths';
import { bundledTaskIds } from '../../src/config/tasks';
import { bundledTeacherIds } from '../../src/config/teacherIds';
import { bundledTextIds } from '../../src/config/text';
import type { Bound } from '../../src/methods/method';
import {
  choiceIds,
  dialBound,
  dialIds,
  listIds,
  listOf,
  optionsOf,
  termIds,
} from '../../src/methods/registry';
import { softTargetKinds } from '../../src/methods/softTargets';

const inRange = ({ min, max, integer }: Bound) =>
  integer ? fc.integer({ min, max }) : fc.double({ min, max, noNaN: true });
const within = (name: keyof typeof bounds) => inRange(bounds[name]);
const blocks = (minLength: number) =>
  fc.array(fc.integer({ min: 1, max: 12 }), { minLength, maxLength: bounds.layers.max });
const name = fc.string({ unit: 'grapheme', maxLength: 80 }).filter((text) => text.length <= 80);
const from = (characters: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...characters), minLength, maxLength });
const lowercase = 'abcdefghijklmnopqrstuvwxyz0123456789-';

const initialisation = fc.oneof(
  fc.record({ kind: fc.constantFrom('copy' as const, 'project' as const), blocks: blocks(1) }),
  fc.constant({ kind: 'random' as const }),
);

/** Some of these ids, each with a value; what says no more than its absence is left out, as the schema does. */
const some = <Id extends string, T>(
  ids: readonly Id[],
  valuesFor: (id: Id) => fc.Arbitrary<T>,
  unsaid: (id: Id) => T,
) =>
  fc
    .record(Object.fromEntries(ids.map((id) => [id, valuesFor(id)])) as Record<Id, fc.Arbitrary<T>>, {
      requiredKeys: [],
    })
    .map((values: Partial<Record<Id, T>>) => {
      const said = ids.filter((id) => values[id] !== undefined && String(values[id]) !== String(unsaid(id)));
      return Object.fromEntries(said.map((id) => [id, values[id]])) as Partial<Record<Id, T>>;
    });

const anyPlan: { [Key in keyof Plan]-?: fc.Arbitrary<Plan[Key]> } = {
  weights: some(
    termIds,
    () => within('lossWeight'),
    () => 0,
  ),
  dials: some(
    dialIds,
    (id) => inRange(dialBound(id)),
    (id) => dialBound(id).initial,
  ),
  choices: some(
    choiceIds,
    (id) => fc.constantFrom(...optionsOf(id)),
    (id) => optionsOf(id)[0],
  ),
  lists: some(
    listIds,
    (id) => fc.array(inRange(listOf(id)), { maxLength: bounds.layers.max * 4 }),
    (): number[] => [],
  ),
  temperature: within('temperature'),
  teacherTemperature: fc.option(within('temperature'), { nil: undefined }),
  softTargets: fc.constantFrom(...softTargetKinds),
  positions: fc.constantFrom('all', 'masked'),
  mapping: blocks(0),
  taughtBy: fc.option(
    fc.oneof(
      // The first teacher goes without saying.
      fc.record({
        kind: fc.constant('member' as const),
        index: fc.integer({ min: 2, max: bounds.teachers.max }),
      }),
      fc.record({
        kind: fc.constant('ensemble' as const),
        mean: fc.constantFrom('probabilities' as const, 'logits' as const),
      }),
      fc.record({ kind: fc.constant('arm' as const), id: from(lowercase, 1, 24) }),
    ),
    { nil: undefined },
  ),
};

export const anyArm: fc.Arbitrary<Arm> = fc.record({
  id: from(lowercase, 1, 24),
  student: fc.record({
    layers: within('layers'),
    hiddenSize: within('hiddenSize'),
    heads: within('heads'),
    intermediateSize: within('intermediateSize'),
    tokenTypes: fc.boolean(),
  }),
  initialisation,
  fork: fc.option(
    fc.record({
      of: from(lowercase, 1, 24),
      step: fc.integer({ min: 1, max: bounds.steps.max * bounds.stages.max }),
    }),
    { nil: undefined },
  ),
  ...anyPlan,
});

const word = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((text) => text.length <= 40);
/** A blank word says nothing, and blanks around one are none of it. */
const withheld = fc.option(
  word.map((text) => text.trim()).filter((text) => text !== ''),
  { nil: undefined },
);
const text = fc
  .oneof(
    fc.record({ kind: fc.constant('bundled' as const), id: fc.constantFrom(...bundledTextIds) }),
    fc.record({ kind: fc.constant('own' as const), id: from('0123456789abcdef', 16, 16), name }),
  )
  .chain((source) => withheld.map((without) => (without ? { ...source, without } : source)));
const task = fc.oneof(
  fc.record({ kind: fc.constant('task' as const), id: fc.constantFrom(...bundledTaskIds) }),
  fc.record({
    kind: fc.constant('rows' as const),
    id: from('0123456789abcdef', 16, 16),
    name,
    labels: within('taskLabels'),
  }),
);

const teacher = fc.oneof(
  fc.record({
    kind: fc.constant('bundled' as const),
    id: fc.constantFrom(...bundledTeacherIds),
  }),
  fc.record({ kind: fc.constant('saved' as const), id: from(lowercase, 1, 40), name }),
  fc.record({ kind: fc.constant('none' as const), vocabularySize: within('vocabularySize') }),
);

const training = fc.record({
  steps: within('steps'),
  batchSize: within('batchSize'),
  sequenceLength: within('sequenceLength'),
  accumulation: within('accumulation'),
  learningRate: within('learningRate'),
  warmup: within('warmup'),
  weightDecay: within('weightDecay'),
  clipNorm: within('clipNorm'),
  maskProbability: within('maskProbability'),
  maskSelection: fc.constantFrom('uniform' as const, 'rare' as const),
  seed: within('seed'),
  evaluateEvery: within('evaluateEvery'),
  // 0 says no more than its absence.
  dropout: fc.option(
    within('dropout').filter((share) => share > 0),
    { nil: undefined },
  ),
});

const data = fc.oneof({ arbitrary: text, weight: 3 }, { arbitrary: task, weight: 1 });
const stage = fc.record({
  text: data,
  training,
  tuning: fc.option(fc.record({ steps: within('steps'), learningRate: within('learningRate') }), {
    nil: undefined,
  }),
  augmentation: fc.option(fc.record({ tries: inRange(bounds.augmentationTries) }), { nil: undefined }),
});

// Two arms of one id are refused before anything compares them.
const arms = fc.uniqueArray(anyArm, {
  minLength: 1,
  maxLength: bounds.arms.max,
  selector: ({ id }) => id,
});

/** Teachers beside the first; each is an object of its own, as in what is read from a link or a file. */
const others = fc.option(
  fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('bundled' as const), id: fc.constantFrom(...bundledTeacherIds) }),
      fc.record({ kind: fc.constant('random' as const) }),
    ),
    { minLength: 1, maxLength: bounds.teachers.max - 1 },
  ),
  { nil: undefined },
);

/** Of one stage. */
export const anyExperiment: fc.Arbitrary<Experiment> = fc
  .tuple(stage, teacher, others, arms)
  .map(([first, teacher, others, arms]) => withoutNothing({ ...first, teacher, others, arms }));

/** Of two stages or more. */
export const anyCourse: fc.Arbitrary<Experiment> = fc
  .tuple(
    anyExperiment,
    fc.array(stage.map(withoutNothing), { minLength: 1, maxLength: bounds.stages.max - 1 }),
    fc.infiniteStream(fc.record(anyPlan)),
  )
  .map(([experiment, later, plans]) => {
    const plan = () => withoutNothing(plans.next().value as Plan);
    const arms = experiment.arms.map((arm) => ({ ...arm, later: later.map(plan) }));
    return { ...experiment, later, arms };
  });
