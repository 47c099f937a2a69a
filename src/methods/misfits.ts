/** Reasons that several methods have for not taking a pair of models. */
import type { Misfit, Pair } from './method';

export const equalWidth = ({ student, teacher }: Pair): Misfit | null =>
  student.hiddenSize === teacher.hiddenSize
    ? null
    : {
        code: 'termNeedsEqualWidth',
        values: { hiddenSize: student.hiddenSize, teacherHiddenSize: teacher.hiddenSize },
      };

export const equalHeads = ({ student, teacher }: Pair): Misfit | null =>
  student.heads === teacher.heads
    ? null
    : { code: 'termNeedsEqualHeads', values: { heads: student.heads, teacherHeads: teacher.heads } };

/** Words that a distribution must have for a comparison to say anything. */
export const moreWordsThan =
  (words: number) =>
  ({ student }: Pair): Misfit | null =>
    student.vocabularySize > words
      ? null
      : { code: 'termNeedsMoreWords', values: { words: student.vocabularySize, least: words + 1 } };

/** Relation heads must cut both hidden sizes into equal parts. */
export const divides =
  (headsOf: (pair: Pair) => number) =>
  (pair: Pair): Misfit | null => {
    const heads = headsOf(pair);
    const { student, teacher } = pair;
    if (student.hiddenSize % heads === 0 && teacher.hiddenSize % heads === 0) return null;
    return {
      code: 'termNeedsDivisor',
      values: { heads, hiddenSize: student.hiddenSize, teacherHiddenSize: teacher.hiddenSize },
    };
  };
