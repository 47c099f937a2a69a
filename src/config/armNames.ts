/** Arms are named by what sets them apart; the words are in `i18n/` under `arm.<code>`. */
import type { Arm, LossTerm, Objective } from './experiment';
import { learnsFromTeacher, lossTerms } from './experiment';
import { isTeacherInTraining } from './teacherTraining';

export type ArmNamePart =
  | {
      code:
        | 'distilled'
        | 'noTeacher'
        | 'hardLabels'
        | 'teacherInTraining'
        | 'randomStart'
        | 'shuffled'
        | 'maskedOnly';
    }
  | { code: 'temperature' | 'depth' | 'width' | 'heads' | 'feedForward' | 'number'; value: number }
  | { code: 'with' | 'without'; term: LossTerm }
  /** `weights`: those of the terms in order, such as `5/2/1`; `copied`: the teacher's layers, such as `2, 4`. */
  | { code: 'weights' | 'copied'; text: string };

/**
 * The name of each arm in parts, unique among these arms. A value that most arms share goes without saying: four
 * students that differ in T are "T = 1", "T = 2", …; five of which one lacks a loss are "distilled" and "no L_cos".
 */
export function armNameParts(arms: Arm[]): ArmNamePart[][] {
  if (isTeacherInTraining({ arms })) return [[{ code: 'teacherInTraining' }]];
  const distilled = arms.filter(learnsFromTeacher);
  const names = arms.map((arm) => {
    const parts: ArmNamePart[] = [];
    if (learnsFromTeacher(arm)) parts.push(...objectiveParts(arm, distilled));
    else if (distilled.length > 0) parts.push({ code: 'noTeacher' });
    parts.push(...startParts(arm, arms), ...sizeParts(arm, arms));
    if (parts.length > 0) return parts;
    return [{ code: learnsFromTeacher(arm) ? 'distilled' : 'hardLabels' } satisfies ArmNamePart];
  });
  return names.map((parts, index) => {
    const same = (other: ArmNamePart[]) => JSON.stringify(other) === JSON.stringify(parts);
    const before = names.slice(0, index).filter(same).length;
    return before === 0 ? parts : [...parts, { code: 'number', value: before + 1 }];
  });
}

/** L_ce, L_mlm and L_cos. */
const tripleLossTerms = 3;

/** True where `value` need not be said: more than half of the values are this one. */
const goesWithoutSaying = <T>(value: T, values: T[]) =>
  values.filter((other) => other === value).length * 2 > values.length;

/** What sets apart an arm's objective and soft targets from those of the other arms that learn from a teacher. */
function objectiveParts(arm: Arm, arms: Arm[]): ArmNamePart[] {
  const parts: ArmNamePart[] = [];
  if (arm.softTargets === 'shuffled') parts.push({ code: 'shuffled' });
  let otherWeights = false;
  for (const term of lossTerms) {
    const weights = arms.map(({ objective }) => objective[term]).filter((weight) => weight > 0);
    const usual = weights.length * 2 >= arms.length;
    const weight = arm.objective[term];
    if (weight === 0 && usual && weights.length > 0) parts.push({ code: 'without', term });
    else if (weight > 0 && !usual) parts.push({ code: 'with', term });
    if (weight > 0 && !goesWithoutSaying(weight, weights)) otherWeights = true;
  }
  if (otherWeights) {
    parts.push({ code: 'weights', text: weightsText(arm.objective) });
  }
  if (arm.positions === 'masked' && arms.some(({ positions }) => positions === 'all')) {
    parts.push({ code: 'maskedOnly' });
  }
  const temperatures = arms.filter(({ objective }) => objective.ce > 0).map(({ temperature }) => temperature);
  if (arm.objective.ce > 0 && !goesWithoutSaying(arm.temperature, temperatures)) {
    parts.push({ code: 'temperature', value: arm.temperature });
  }
  return parts;
}

/** The weights in order: those of the triple loss, then the others as far as the last that is there. */
function weightsText(objective: Objective): string {
  const last = lossTerms.findLastIndex((term) => objective[term] > 0);
  const told = Math.max(tripleLossTerms, last + 1);
  return lossTerms
    .slice(0, told)
    .map((term) => objective[term])
    .join('/');
}

function startParts({ initialisation, student }: Arm, arms: Arm[]): ArmNamePart[] {
  if (initialisation.kind === 'random') {
    return arms.some((arm) => arm.initialisation.kind === 'copy') ? [{ code: 'randomStart' }] : [];
  }
  // Another depth copies other layers as a matter of course.
  const copies = arms
    .filter((arm) => arm.student.layers === student.layers)
    .flatMap((arm) => (arm.initialisation.kind === 'copy' ? [arm.initialisation.blocks.join(', ')] : []));
  const text = initialisation.blocks.join(', ');
  return goesWithoutSaying(text, copies) ? [] : [{ code: 'copied', text }];
}

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
    ...part('feedForward', 'intermediateSize'),
  ];
}
