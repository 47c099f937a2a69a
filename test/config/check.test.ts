import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { type Arm, type Experiment, experimentSchema } from '../../src/config/experiment';
import { presetNames, presets } from '../../src/config/presets';
import type { Problem } from '../../src/config/problems';
import { bundledTeachers } from '../../src/config/teachers';

const teacher = bundledTeachers['stories-4x32'];
const [distilled, twin]: Arm[] = presets.tiny.arms;
const check = (changes: Partial<Arm>, shape: typeof teacher | null = teacher) =>
  checkExperiment({ ...presets.tiny, arms: [{ ...distilled, ...changes }] }, shape);
const student = (changes: Partial<Arm['student']>) => ({ student: { ...distilled.student, ...changes } });
const random = { initialisation: { kind: 'random' } } as const;

describe('checkExperiment', () => {
  it('finds nothing wrong with the presets', () => {
    for (const name of presetNames) {
      const preset: Experiment = experimentSchema.parse(presets[name]);
      const shape = preset.teacher.kind === 'bundled' ? bundledTeachers[preset.teacher.id] : null;
      expect(checkExperiment(preset, shape)).toEqual([]);
    }
  });

  it.each<[Problem['code'], Partial<Arm>, Problem['values']]>([
    ['headsDoNotDivide', { ...student({ heads: 5 }), ...random }, { heads: 5, hiddenSize: 32 }],
    ['noLossWeight', { weights: {} }, {}],
    ['controlWithoutSoftTargets', { softTargets: 'shuffled', weights: { mlm: 1, cos: 1 } }, {}],
    [
      'termNeedsEqualWidth',
      { ...student({ hiddenSize: 16 }), ...random },
      { what: 'L_cos', hiddenSize: 16, teacherHiddenSize: 32 },
    ],
    [
      'termNeedsEqualHeads',
      { ...student({ heads: 2 }), ...random, weights: { attn: 1, hidn: 1 } },
      { what: 'L_attn', heads: 2, teacherHeads: 4 },
    ],
    ['mappingLength', { mapping: [], weights: { attn: 1, hidn: 1 } }, { blocks: 0, layers: 2 }],
    ['mappingLength', { mapping: [4] }, { blocks: 1, layers: 2 }],
    ['blockOutOfRange', { mapping: [2, 5] }, { block: 5, teacherLayers: 4 }],
    ['copyLength', { initialisation: { kind: 'copy', blocks: [1, 2, 3] } }, { blocks: 3, layers: 2 }],
    ['blockOutOfRange', { initialisation: { kind: 'copy', blocks: [2, 6] } }, { block: 6, teacherLayers: 4 }],
    [
      'studentDeeperThanTeacher',
      {
        ...student({ layers: 5 }),
        mapping: [1, 2, 3, 4, 4],
        initialisation: { kind: 'copy', blocks: [1, 2, 3, 4, 4] },
      },
      { layers: 5, teacherLayers: 4 },
    ],
    [
      'copyNeedsEqualWidth',
      student({ intermediateSize: 64 }),
      {
        ...{ hiddenSize: 32, intermediateSize: 64, heads: 4 },
        ...{ teacherHiddenSize: 32, teacherIntermediateSize: 128, teacherHeads: 4 },
      },
    ],
  ])('reports %s', (code, changes, values) => {
    expect(check(changes)).toEqual([{ code, values: { arm: 'distilled', ...values } }]);
  });

  it('lets a student that starts at random be deeper and wider than its teacher', () => {
    const weights = { ce: 5, mlm: 2 };
    const mapping = [1, 1, 2, 2, 3, 4];
    expect(check({ ...student({ layers: 6, hiddenSize: 64 }), ...random, weights, mapping })).toEqual([]);
  });

  it('lets layers be compared whatever the width, and hidden states whatever the heads', () => {
    const weights = { attn: 1, hidn: 1 };
    expect(check({ ...student({ hiddenSize: 16 }), ...random, weights })).toEqual([]);
    expect(check({ ...student({ heads: 2 }), ...random, weights: { hidn: 1 } })).toEqual([]);
  });

  it('refuses to copy token types from a teacher without them', () => {
    expect(check(student({ tokenTypes: true }), { ...teacher, tokenTypes: false })).toEqual([
      { code: 'copyNeedsTokenTypes', values: { arm: 'distilled' } },
    ]);
  });

  it('names what needs a teacher where there is none', () => {
    expect(check({}, null)).toEqual([
      { code: 'lossWithoutTeacher', values: { arm: 'distilled', terms: 'L_ce, L_cos' } },
      { code: 'copyWithoutTeacher', values: { arm: 'distilled' } },
    ]);
    const weights = { mlm: 1, attn: 1, hidn: 1 };
    expect(check({ ...random, weights }, null)).toEqual([
      { code: 'lossWithoutTeacher', values: { arm: 'distilled', terms: 'L_attn, L_hidn' } },
    ]);
    expect(checkExperiment({ ...presets.tiny, arms: [{ ...twin, ...random }] }, null)).toEqual([]);
  });

  it('reports sequences beyond the position embeddings, and ids used twice', () => {
    const training = { ...presets.tiny.training, sequenceLength: 128 };
    expect(checkExperiment({ ...presets.tiny, training, arms: [twin, twin] }, teacher)).toEqual([
      { code: 'sequenceLongerThanPositions', values: { sequenceLength: 128, maxPositions: 64 } },
      { code: 'duplicateArm', values: { arm: 'twin' } },
    ]);
  });
});
