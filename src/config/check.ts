/** What the schema can't see: whether the parts of an experiment fit together and fit the teacher. */

import type { Misfit } from '../methods/method';
import { listIds, listOf, methodOf, type TermId, termOf } from '../methods/registry';
import type { TeacherSignal } from '../methods/signals';
import { controlOf } from '../methods/softTargets';
import { checkForks } from './checkForks';
import type { Arm, Experiment } from './experiment';
import { learnsFromTeacher, replacementsOf, termsOf, termsOfTeacher } from './objective';
import type { Problem } from './problems';
import { pairOf, sourceShape, teacherShapes } from './sources';
import { plansOf, stageAt, stageCount } from './stages';
import { isTask, labelCount } from './tasks';
import type { TeacherShape } from './teachers';
import { isOwn, withheldWord } from './text';

/** Everything that keeps a valid experiment from being run; empty where nothing does. `teacher`: null where there is none. */
export function checkExperiment(experiment: Experiment, teacher: TeacherShape | null): Problem[] {
  const stages = stageCount(experiment);
  const short = experiment.arms.filter((arm) => plansOf(arm).length !== stages);
  if (short.length > 0) {
    return short.map((arm) => ({
      code: 'plansMissing',
      values: { arm: arm.id, plans: plansOf(arm).length, stages },
    }));
  }
  const problems = [
    ...checkForks(experiment),
    ...Array.from({ length: stages }, (_, stage) => checkStage(stageAt(experiment, stage), teacher)).flat(),
  ];
  // What does not fit in one stage, such as a student's shape, mostly fits in none.
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function checkStage(experiment: Experiment, teacher: TeacherShape | null): Problem[] {
  const { training, arms } = experiment;
  const problems: Problem[] = [
    ...checkText(experiment),
    ...checkTask(experiment, teacher),
    ...checkOthers(experiment, teacher),
  ];
  if (teacher && training.sequenceLength > teacher.maxPositions) {
    const { sequenceLength } = training;
    problems.push({
      code: 'sequenceLongerThanPositions',
      values: { sequenceLength, maxPositions: teacher.maxPositions },
    });
  }
  const repeated = arms.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
  for (const arm of new Set(repeated)) problems.push({ code: 'duplicateArm', values: { arm } });
  for (const arm of arms) {
    problems.push(...checkAlone(arm), ...checkSource(experiment, arm));
    if (!teacher) problems.push(...checkWithoutTeacher(arm));
    else
      problems.push(
        ...checkAgainst(teacher, withAnswers(experiment, sourceShape(experiment, teacher, arm)), arm),
      );
  }
  return problems;
}

/** Whether the vocabulary has a withheld word, and how often the text does, is seen where both are read. */
function checkText({ text }: Experiment): Problem[] {
  const word = withheldWord(text);
  if (word === undefined || /^\S*\p{L}\S*$/u.test(word)) return [];
  return [{ code: 'withheldNoWord', values: { word } }];
}

/** A model chooses from a task's classes as from a vocabulary of as many words. */
const withAnswers = ({ text }: Experiment, shape: TeacherShape): TeacherShape =>
  isTask(text) ? { ...shape, vocabularySize: labelCount(text) } : shape;

/** A task is taught by whoever was tuned on it. */
function checkTask(experiment: Experiment, teacher: TeacherShape | null): Problem[] {
  const { text, tuning, augmentation, arms } = experiment;
  const name = (isOwn(text) && text.name) || text.id;
  if (!isTask(text)) {
    if (!tuning && !augmentation) return [];
    return [{ code: 'tuningWithoutTask', values: { text: name } }];
  }
  const untaught = arms.filter(
    (arm) => teacher && learnsFromTeacher(arm) && (arm.taughtBy ? arm.taughtBy.kind !== 'arm' : !tuning),
  );
  return untaught.map(({ id: arm }) => ({ code: 'taskTeacherUntuned', values: { arm, task: name } }));
}

function checkAlone(arm: Arm): Problem[] {
  const problems: Problem[] = [];
  const { id, student, softTargets } = arm;
  const { heads, hiddenSize } = student;
  if (hiddenSize % heads !== 0) {
    problems.push({ code: 'headsDoNotDivide', values: { arm: id, heads, hiddenSize } });
  }
  const terms = termsOf(arm);
  if (terms.length === 0) problems.push({ code: 'noLossWeight', values: { arm: id } });
  const softened = terms.some((term) => termOf(term).reads.teacher.includes('targets'));
  if (softTargets !== 'teacher' && !softened) {
    problems.push({ code: 'controlWithoutSoftTargets', values: { arm: id } });
  }
  const own = terms.find((term) => termOf(term).ownTemperature);
  const isMadeForT =
    arm.teacherTemperature !== undefined ||
    controlOf(softTargets).atTemperature ||
    (arm.taughtBy?.kind === 'ensemble' && arm.taughtBy.mean === 'probabilities');
  if (own && isMadeForT) {
    problems.push({ code: 'ownTemperatureAlone', values: { arm: id, what: termOf(own).symbol } });
  }
  const everyWord = terms.find((term) => termOf(term).needsEveryWord);
  if (everyWord && controlOf(softTargets).leavesOut) {
    problems.push({ code: 'wordsLeftOut', values: { arm: id, what: termOf(everyWord).symbol } });
  }
  const scaleFree = terms.find((term) => termOf(term).scaleFree);
  const isScaled = arm.teacherTemperature !== undefined || controlOf(softTargets).setsScale;
  if (scaleFree && isScaled) {
    problems.push({ code: 'scaleSaysNothing', values: { arm: id, what: termOf(scaleFree).symbol } });
  }
  return problems;
}

function checkWithoutTeacher(arm: Arm): Problem[] {
  const problems: Problem[] = [];
  if (learnsFromTeacher(arm)) {
    const terms = termsOfTeacher(arm).map((term) => termOf(term).symbol);
    const what = [...terms, ...replacementsOf(arm)].join(', ');
    problems.push({ code: 'lossWithoutTeacher', values: { arm: arm.id, terms: what } });
  }
  if (arm.initialisation.kind !== 'random')
    problems.push({ code: 'copyWithoutTeacher', values: { arm: arm.id } });
  return problems;
}

/** `teacher`: whom layers are copied from; `source`: whom the arm learns from. */
function checkAgainst(teacher: TeacherShape, source: TeacherShape, arm: Arm): Problem[] {
  const problems: Problem[] = [];
  const { id, student, initialisation, mapping } = arm;
  const outOfRange = (blocks: number[], teacherLayers: number) => {
    const block = blocks.find((number) => number > teacherLayers);
    if (block === undefined) return;
    problems.push({ code: 'blockOutOfRange', values: { arm: id, block, teacherLayers } });
  };
  if (initialisation.kind !== 'random') {
    problems.push(...checkBlocks(teacher, arm, initialisation.blocks));
    problems.push(...(initialisation.kind === 'copy' ? checkCopy : checkProjection)(teacher, arm));
    outOfRange(initialisation.blocks, teacher.layers);
  }
  problems.push(...checkMethods(source, arm));
  if (mapping.length !== student.layers) {
    problems.push({
      code: 'mappingLength',
      values: { arm: id, blocks: mapping.length, layers: student.layers },
    });
  }
  outOfRange(mapping, source.layers);
  const backwards = mapping.findIndex((block, m) => block < mapping[m - 1]);
  if (backwards > 0) {
    const values = { arm: id, block: mapping[backwards], before: mapping[backwards - 1] };
    problems.push({ code: 'mappingRunsBackwards', values });
  }
  return problems;
}

/** What the methods of an arm's terms, and those that replace layers, have against this pair of models. */
function checkMethods(teacher: TeacherShape, arm: Arm): Problem[] {
  const problems: Problem[] = [];
  const pair = pairOf(arm, teacher);
  const add = (misfit: Misfit | null | undefined, what: string) => {
    if (misfit) problems.push({ code: misfit.code, values: { arm: arm.id, what, ...misfit.values } });
  };
  for (const term of termsOf(arm)) add(termOf(term).misfit?.(pair), termOf(term).symbol);
  const replacing = replacementsOf(arm);
  for (const method of replacing) {
    const misfit = methodOf(method).replacement!.misfit(pair);
    add(misfit, method);
    // Embeddings and head stay as they are: they must be those of whoever's layers are replaced.
    const isOfTeacher = arm.initialisation.kind === 'copy' && !arm.taughtBy;
    if (misfit || isOfTeacher) continue;
    problems.push({ code: 'replacementNeedsCopy', values: { arm: arm.id, what: method } });
  }
  if (replacing.length > 1) {
    problems.push({ code: 'methodsExclude', values: { arm: arm.id, methods: replacing.join(', ') } });
  }
  for (const list of listIds) {
    const length = arm.lists[list]?.length;
    const expected = listOf(list).initial(pair).length;
    if (length === undefined || length === expected) continue;
    problems.push({
      code: 'listLength',
      values: { arm: arm.id, list: listOf(list).symbol, length, expected },
    });
  }
  return problems;
}

/** Of a start that is made of the teacher's blocks: there must be as many as the student has, and no more than the teacher. */
function checkBlocks(teacher: TeacherShape, { id: arm, student }: Arm, blocks: number[]): Problem[] {
  const problems: Problem[] = [];
  const { layers } = student;
  if (layers > teacher.layers) {
    problems.push({
      code: 'studentDeeperThanTeacher',
      values: { arm, layers, teacherLayers: teacher.layers },
    });
  }
  if (blocks.length !== layers) {
    problems.push({ code: 'copyLength', values: { arm, blocks: blocks.length, layers } });
  }
  return problems;
}

/** A projection keeps a part of everything that the teacher has. */
function checkProjection(teacher: TeacherShape, { id: arm, student }: Arm): Problem[] {
  const { hiddenSize, intermediateSize, heads } = student;
  const headSize = hiddenSize / heads;
  const teacherHeadSize = teacher.hiddenSize / teacher.heads;
  if (
    hiddenSize <= teacher.hiddenSize &&
    intermediateSize <= teacher.intermediateSize &&
    heads <= teacher.heads &&
    headSize <= teacherHeadSize
  ) {
    return [];
  }
  const values = {
    ...{ arm, hiddenSize, intermediateSize, heads, headSize, teacherHeadSize },
    teacherHiddenSize: teacher.hiddenSize,
    teacherIntermediateSize: teacher.intermediateSize,
    teacherHeads: teacher.heads,
  };
  return [{ code: 'projectionNeedsNoMore', values }];
}

function checkCopy(teacher: TeacherShape, { id: arm, student }: Arm): Problem[] {
  const problems: Problem[] = [];
  const { hiddenSize, intermediateSize, heads } = student;
  if (
    hiddenSize !== teacher.hiddenSize ||
    intermediateSize !== teacher.intermediateSize ||
    heads !== teacher.heads
  ) {
    problems.push({
      code: 'copyNeedsEqualWidth',
      values: {
        ...{ arm, hiddenSize, intermediateSize, heads },
        teacherHiddenSize: teacher.hiddenSize,
        teacherIntermediateSize: teacher.intermediateSize,
        teacherHeads: teacher.heads,
      },
    });
  }
  if (student.tokenTypes && !teacher.tokenTypes)
    problems.push({ code: 'copyNeedsTokenTypes', values: { arm } });
  return problems;
}

/** Teachers beside the first: there must be one, and all must speak of the same words. */
function checkOthers({ others = [] }: Experiment, teacher: TeacherShape | null): Problem[] {
  if (others.length === 0) return [];
  if (!teacher) return [{ code: 'othersWithoutTeacher' }];
  const other = teacherShapes({ others }, teacher).find(
    ({ vocabularySize }) => vocabularySize !== teacher.vocabularySize,
  );
  if (!other) return [];
  const values = { vocabulary: teacher.vocabularySize, other: other.vocabularySize };
  return [{ code: 'othersSpeakOtherwise', values }];
}

/** Whom an arm says that it learns from. */
function checkSource({ others = [], arms }: Experiment, arm: Arm): Problem[] {
  const source = arm.taughtBy;
  if (!source) return [];
  const { id } = arm;
  const teachers = 1 + others.length;
  switch (source.kind) {
    case 'member':
      if (source.index <= teachers) return [];
      return [{ code: 'teacherOutOfRange', values: { arm: id, index: source.index, teachers } }];
    case 'ensemble': {
      if (teachers < 2) return [{ code: 'ensembleOfOne', values: { arm: id } }];
      const raw = termsOfTeacher(arm).find((term) => termOf(term).reads.teacher.includes('logits'));
      if (raw && source.mean === 'probabilities') {
        return [{ code: 'ensembleHasNoLogits', values: { arm: id, what: termOf(raw).symbol } }];
      }
      const inner = termsOfTeacher(arm).find((term) => readsLayers(term));
      if (inner === undefined && replacementsOf(arm).length === 0) return [];
      const what = inner ? termOf(inner).symbol : replacementsOf(arm)[0];
      return [{ code: 'ensembleHasNoLayers', values: { arm: id, what } }];
    }
    case 'arm': {
      const peer = arms.find((other) => other.id === source.id);
      if (!peer || peer.id === id) return [{ code: 'peerMissing', values: { arm: id, peer: source.id } }];
      if (replacementsOf(arm).length === 0) return [];
      return [{ code: 'ensembleHasNoLayers', values: { arm: id, what: replacementsOf(arm)[0] } }];
    }
  }
}

/** True where a term compares more than predictions. */
const readsLayers = (term: TermId) =>
  termOf(term).reads.teacher.some((signal) => !ofPredictions.includes(signal));

const ofPredictions: TeacherSignal[] = ['logits', 'targets', 'guesses'];
