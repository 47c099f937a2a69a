/** What the schema can't see: whether the parts of an experiment fit together and fit the teacher. */
import type { Arm, Experiment } from './experiment';
import { lossTerms, termsOfTeacher } from './experiment';
import type { Problem } from './problems';
import type { TeacherShape } from './teachers';

/** Everything that keeps a valid experiment from being run; empty where nothing does. `teacher`: null where there is none. */
export function checkExperiment(experiment: Experiment, teacher: TeacherShape | null): Problem[] {
  const { training, arms } = experiment;
  const problems: Problem[] = [];
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
    problems.push(...checkAlone(arm), ...(teacher ? checkAgainst(teacher, arm) : checkWithoutTeacher(arm)));
  }
  return problems;
}

function checkAlone({ id: arm, student, objective, softTargets }: Arm): Problem[] {
  const problems: Problem[] = [];
  const { heads, hiddenSize } = student;
  if (hiddenSize % heads !== 0) {
    problems.push({ code: 'headsDoNotDivide', values: { arm, heads, hiddenSize } });
  }
  if (lossTerms.every((term) => objective[term] === 0))
    problems.push({ code: 'noLossWeight', values: { arm } });
  if (softTargets === 'shuffled' && objective.ce === 0) {
    problems.push({ code: 'shuffledWithoutCe', values: { arm } });
  }
  return problems;
}

function checkWithoutTeacher(arm: Arm): Problem[] {
  const problems: Problem[] = [];
  const terms = termsOfTeacher(arm).map((term) => `L_${term}`);
  if (terms.length > 0) {
    problems.push({ code: 'lossWithoutTeacher', values: { arm: arm.id, terms: terms.join(', ') } });
  }
  if (arm.initialisation.kind === 'copy')
    problems.push({ code: 'copyWithoutTeacher', values: { arm: arm.id } });
  return problems;
}

function checkAgainst(teacher: TeacherShape, arm: Arm): Problem[] {
  const problems: Problem[] = [];
  const { id, student, initialisation, mapping } = arm;
  const outOfRange = (blocks: number[]) => {
    const block = blocks.find((number) => number > teacher.layers);
    if (block === undefined) return;
    problems.push({ code: 'blockOutOfRange', values: { arm: id, block, teacherLayers: teacher.layers } });
  };
  if (initialisation.kind === 'copy') {
    problems.push(...checkCopy(teacher, arm, initialisation.blocks));
    outOfRange(initialisation.blocks);
  }
  if (arm.objective.cos > 0 && student.hiddenSize !== teacher.hiddenSize) {
    problems.push({
      code: 'cosNeedsEqualWidth',
      values: { arm: id, hiddenSize: student.hiddenSize, teacherHiddenSize: teacher.hiddenSize },
    });
  }
  // Unequal widths are no obstacle to L_hidn: its projection is there for them.
  if (arm.objective.attn > 0 && student.heads !== teacher.heads) {
    problems.push({
      code: 'attnNeedsEqualHeads',
      values: { arm: id, heads: student.heads, teacherHeads: teacher.heads },
    });
  }
  if (mapping.length !== student.layers) {
    problems.push({
      code: 'mappingLength',
      values: { arm: id, blocks: mapping.length, layers: student.layers },
    });
  }
  outOfRange(mapping);
  return problems;
}

function checkCopy(teacher: TeacherShape, { id: arm, student }: Arm, blocks: number[]): Problem[] {
  const problems: Problem[] = [];
  const { layers, hiddenSize, intermediateSize, heads } = student;
  if (layers > teacher.layers) {
    problems.push({
      code: 'studentDeeperThanTeacher',
      values: { arm, layers, teacherLayers: teacher.layers },
    });
  }
  if (blocks.length !== layers) {
    problems.push({ code: 'copyLength', values: { arm, blocks: blocks.length, layers } });
  }
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
