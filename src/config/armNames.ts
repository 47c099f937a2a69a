/** Arms are named by what sets them apart; the words are in `i18n/` under `arm.<code>`. */
import {
  type ChoiceId,
  choiceIds,
  type DialId,
  dialIds,
  type MethodId,
  methodOf,
  needsTeacher,
  ownerOfChoice,
  type TermId,
  termIds,
  termOf,
} from '../methods/registry';
import type { SoftTargets } from '../methods/softTargets';
import type { Arm, OtherTeacher } from './experiment';
import {
  choiceOf,
  dialOf,
  hasTerm,
  isSoftened,
  learnsFromTeacher,
  methodsOf,
  replacementsOf,
  termsOf,
  termsOfTeacher,
  weightOf,
} from './objective';
import { plansOf } from './stages';
import { isTeacherInTraining } from './teacherTraining';

export type ArmNamePart =
  | {
      code:
        | 'distilled'
        | 'noTeacher'
        | 'hardLabels'
        | 'teacherInTraining'
        | 'randomStart'
        | 'projectedStart'
        | 'maskedOnly';
    }
  /** Who teaches, where it is not the teacher alone. */
  | { code: 'taughtBy'; other: OtherTeacher }
  | { code: 'ensembleOf'; mean: 'probabilities' | 'logits' }
  | { code: 'peer' }
  /** A control of the soft targets. */
  | { code: 'control'; control: SoftTargets }
  /** What an arm learns by where others learn by another method, or where no term says that it learns from a teacher. */
  | { code: 'method'; method: MethodId }
  | { code: 'dial'; dial: DialId; value: number }
  | { code: 'choice'; choice: ChoiceId; option: string }
  | {
      code:
        | 'temperature'
        | 'teacherTemperature'
        | 'fork'
        | 'depth'
        | 'width'
        | 'heads'
        | 'feedForward'
        | 'number';
      value: number;
    }
  | { code: 'with' | 'without'; term: TermId }
  /** What an arm compares with the teacher, where none of the arms compares all that they do. */
  | { code: 'terms'; terms: TermId[] }
  /** `weights`: those of the terms in order, such as `5/2/1`; layers of the teacher's, such as `2, 4`. */
  | { code: 'weights' | 'copied' | 'mapped'; text: string }
  /** What an arm is in one stage after the other, where no stage alone tells all arms apart. */
  | { code: 'inTurn'; stages: ArmNamePart[][] };

/**
 * The name of each arm in parts, unique among these arms. A value that most arms share goes without saying: four
 * students that differ in T are "T = 1", "T = 2", …; five of which one lacks a loss are "distilled" and "no L_cos".
 * @param others teachers beside the first
 */
export function armNameParts(arms: Arm[], others: readonly OtherTeacher[] = []): ArmNamePart[][] {
  if (isTeacherInTraining({ arms })) return [[{ code: 'teacherInTraining' }]];
  const stages = plansOf(arms[0]).map((_, stage) =>
    partsIn(
      arms.map((arm) => ({ ...arm, ...plansOf(arm)[stage] })),
      others,
    ),
  );
  const overStages = arms.map((_, index) => inTurn(stages.map((names) => names[index])));
  // The first stage that tells most arms apart; all of them together where that tells more.
  const [best] = [...stages, overStages].sort((a, b) => apart(b) - apart(a));
  return numbered(best);
}

/** Parts of the names of one arm in every stage, said once where they stay. */
function inTurn(stages: ArmNamePart[][]): ArmNamePart[] {
  const changing = stages.filter((parts, i) => i === 0 || !isSame(parts, stages[i - 1]));
  return changing.length === 1 ? changing[0] : [{ code: 'inTurn', stages: changing }];
}

const isSame = (one: ArmNamePart[], other: ArmNamePart[]) => JSON.stringify(one) === JSON.stringify(other);

/** How many names there are. */
const apart = (names: ArmNamePart[][]) => new Set(names.map((parts) => JSON.stringify(parts))).size;

/** The second and any further of the same name with its number. */
function numbered(names: ArmNamePart[][]): ArmNamePart[][] {
  return names.map((parts, index) => {
    const before = names.slice(0, index).filter((other) => isSame(other, parts)).length;
    return before === 0 ? parts : [...parts, { code: 'number', value: before + 1 }];
  });
}

/** The names of arms by their plans of one stage, which may be the same. */
function partsIn(arms: Arm[], others: readonly OtherTeacher[]): ArmNamePart[][] {
  const distilled = arms.filter(learnsFromTeacher);
  return arms.map((arm) => {
    const parts: ArmNamePart[] = [];
    if (learnsFromTeacher(arm)) parts.push(...sourceParts(arm, others), ...objectiveParts(arm, distilled));
    else if (distilled.length > 0) parts.push({ code: 'noTeacher' });
    parts.push(...startParts(arm, arms), ...sizeParts(arm, arms));
    if (parts.length === 0) parts.push({ code: learnsFromTeacher(arm) ? 'distilled' : 'hardLabels' });
    if (arm.fork) parts.push({ code: 'fork', value: arm.fork.step });
    return parts;
  });
}

/** True where `value` need not be said: more than half of the values are this one. */
const goesWithoutSaying = <T>(value: T, values: T[]) =>
  values.filter((other) => other === value).length * 2 > values.length;

/** What sets apart how an arm learns from how the other arms that learn from a teacher do. */
function objectiveParts(arm: Arm, arms: Arm[]): ArmNamePart[] {
  const parts: ArmNamePart[] = [];
  const control = arm.softTargets;
  if (control !== 'teacher') parts.push({ code: 'control', control });
  parts.push(...methodParts(arm, arms));
  if (arm.positions === 'masked' && arms.some(({ positions }) => positions === 'all')) {
    parts.push({ code: 'maskedOnly' });
  }
  for (const choice of choiceIds) {
    // That layers are replaced is said by the method's name.
    if (isReplacement(choice)) continue;
    const option = choiceOf(arm, choice);
    if (
      !goesWithoutSaying(
        option,
        arms.map((other) => choiceOf(other, choice)),
      )
    ) {
      parts.push({ code: 'choice', choice, option });
    }
  }
  for (const dial of dialIds) {
    const value = dialOf(arm, dial);
    if (
      !goesWithoutSaying(
        value,
        arms.map((other) => dialOf(other, dial)),
      )
    )
      parts.push({ code: 'dial', dial, value });
  }
  const mapped = arm.mapping.join(', ');
  const alike = arms.filter(({ student }) => student.layers === arm.student.layers);
  if (
    !goesWithoutSaying(
      mapped,
      alike.map(({ mapping }) => mapping.join(', ')),
    )
  ) {
    const isMapped = comparesLayers(arm) && choiceOf(arm, 'layers') === 'fixed';
    if (isMapped) parts.push({ code: 'mapped', text: mapped });
  }
  const softened = arms.filter(isSoftened);
  if (
    isSoftened(arm) &&
    !goesWithoutSaying(
      arm.temperature,
      softened.map(({ temperature }) => temperature),
    )
  ) {
    parts.push({ code: 'temperature', value: arm.temperature });
  }
  if (isSoftened(arm) && arm.teacherTemperature !== undefined) {
    parts.push({ code: 'teacherTemperature', value: arm.teacherTemperature });
  }
  return parts;
}

function sourceParts({ taughtBy }: Arm, others: readonly OtherTeacher[]): ArmNamePart[] {
  if (taughtBy?.kind === 'member') {
    // The first has no number to say; one that is gone is refused by the checks.
    const other = others[taughtBy.index - 2];
    return other ? [{ code: 'taughtBy', other }] : [];
  }
  if (taughtBy?.kind === 'ensemble') return [{ code: 'ensembleOf', mean: taughtBy.mean }];
  return taughtBy ? [{ code: 'peer' }] : [];
}

const isReplacement = (choice: ChoiceId) =>
  methodOf(ownerOfChoice(choice) as MethodId).replacement !== undefined;

const comparesLayers = (arm: Arm) =>
  termsOf(arm).some((term) =>
    termOf(term).reads.student.some((signal) => signal !== 'logits' && signal !== 'hidden'),
  );

/**
 * The terms that are more or fewer than most have, and other weights. Where no arm has all the terms that compare with the
 * teacher, "no this, with that" would name the arms by each other: they are named by what they have.
 */
function methodParts(arm: Arm, arms: Arm[]): ArmNamePart[] {
  const parts: ArmNamePart[] = [];
  const compared = new Set(arms.flatMap(termsOfTeacher));
  const apart = !arms.some((other) => termsOfTeacher(other).length === compared.size);
  const keys = arms.map(termsKey);
  const own = termsKey(arm);
  if (apart && !goesWithoutSaying(own, keys)) parts.push(whatItHas(arm, arms));
  const replaces = own === '' ? replacing(arm) : [];
  if (!apart) parts.push(...replaces);
  const alike = apart ? arms.filter((_, i) => keys[i] === own) : arms;
  const without: TermId[] = [];
  let otherWeights = false;
  for (const term of termIds) {
    const beside = apart && needsTeacher(term) ? alike : arms;
    const usual = beside.filter((other) => hasTerm(other, term)).length * 2 >= beside.length;
    const weight = weightOf(arm, term);
    const weights = alike.map((other) => weightOf(other, term)).filter((other) => other > 0);
    // What replaces layers in place of comparing them lacks no term.
    const isLacking = weight === 0 && !(replaces.length > 0 && needsTeacher(term));
    if (isLacking && usual) without.push(term);
    else if (weight > 0 && !usual) parts.push({ code: 'with', term });
    if (weight > 0 && !goesWithoutSaying(weight, weights)) otherWeights = true;
  }
  // Of many that are lacking, what is left is said sooner.
  if (without.length > 2) parts.push({ code: 'terms', terms: termsOf(arm) });
  else parts.push(...without.map((term): ArmNamePart => ({ code: 'without', term })));
  if (otherWeights) parts.push({ code: 'weights', text: weightsText(arm, alike) });
  return parts;
}

const termsKey = (arm: Arm) => termsOfTeacher(arm).join(' ');

/** Its method, where that is its alone and has terms of its own; else its terms. DistilBERT's stand beside all others. */
function whatItHas(arm: Arm, arms: Arm[]): ArmNamePart {
  const terms = termsOfTeacher(arm);
  const methodsIn = (other: Arm) => methodsOf(other).filter((id) => id !== 'distilbert');
  const [method, ...more] = methodsIn(arm);
  const isOwn = method !== undefined && more.length === 0;
  const isAlone = arms.filter((other) => methodsIn(other).includes(method)).length === 1;
  const isAll = terms.every((term) => termOf(term).owner === method);
  return isOwn && isAlone && isAll ? { code: 'method', method } : { code: 'terms', terms };
}

/** What an arm learns by that compares nothing with the teacher. */
const replacing = (arm: Arm): ArmNamePart[] =>
  replacementsOf(arm).map((method) => ({ code: 'method', method }));

/** The weights in order of all terms that any of the arms has. */
const weightsText = (arm: Arm, arms: Arm[]): string =>
  termIds
    .filter((term) => arms.some((other) => hasTerm(other, term)))
    .map((term) => weightOf(arm, term))
    .join('/');

function startParts({ initialisation, student }: Arm, arms: Arm[]): ArmNamePart[] {
  if (initialisation.kind === 'random') {
    return arms.some((arm) => arm.initialisation.kind !== 'random') ? [{ code: 'randomStart' }] : [];
  }
  if (initialisation.kind === 'project') {
    return arms.some((arm) => arm.initialisation.kind === 'copy') ? [{ code: 'projectedStart' }] : [];
  }
  // Another depth copies other layers as a matter of course.
  const copies = arms
    .filter((arm) => arm.student.layers === student.layers)
    .flatMap((arm) => (arm.initialisation.kind === 'copy' ? [arm.initialisation.blocks.join(', ')] : []));
  const text = initialisation.blocks.join(', ');
  return goesWithoutSaying(text, copies) ? [] : [{ code: 'copied', text }];
}

const timesWider = ({ student }: Arm) => student.intermediateSize / student.hiddenSize;

function sizeParts({ student }: Arm, arms: Arm[]): ArmNamePart[] {
  const part = (
    code: 'depth' | 'width' | 'heads' | 'feedForward',
    key: keyof typeof student,
  ): ArmNamePart[] => {
    const values = arms.map((arm) => arm.student[key]);
    return goesWithoutSaying(student[key], values) ? [] : [{ code, value: Number(student[key]) }];
  };
  return [
    ...part('depth', 'layers'),
    ...part('width', 'hiddenSize'),
    ...part('heads', 'heads'),
    // A feed-forward network that is as much wider everywhere follows from the width.
    ...(new Set(arms.map(timesWider)).size > 1 ? part('feedForward', 'intermediateSize') : []),
  ];
}
