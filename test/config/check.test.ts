import { describe, expect, it } from 'vitest';
import { checkExperiment } from '../../src/config/check';
import { type Arm, type Experiment, experimentSchema } from '../../src/config/experiment';
import { presetNames, presets } from '../../src/config/presets';
import type { Problem } from '../../src/config/problems';
import { bundledTeachers } from '../../src/config/teachers';
import type { TermId } from '../../src/methods/registry';

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

  it.each(['two words', '...', '12'])('refuses to withhold “%s”', (without) => {
    const text = { kind: 'bundled', id: 'stories', without } as const;
    expect(checkExperiment({ ...presets.tiny, text }, teacher)).toEqual([
      { code: 'withheldNoWord', values: { word: without } },
    ]);
    expect(checkExperiment({ ...presets.tiny, text: { ...text, without: 'Day' } }, teacher)).toEqual([]);
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

describe('methods and pairs of models', () => {
  const wide = { ...student({ hiddenSize: 64 }), ...random };
  const headed = { ...student({ heads: 2 }), ...random };
  const widths = { hiddenSize: 64, teacherHiddenSize: 32 };
  const heads = { heads: 2, teacherHeads: 4 };
  const misfits = (changes: Partial<Arm>, shape = teacher) =>
    check(changes, shape).map(({ code, values }) => {
      const { arm: _, ...rest } = values!;
      return [code, rest];
    });

  it.each<[TermId, Partial<Arm>, Problem['code'], Problem['values']]>([
    ['cos', wide, 'termNeedsEqualWidth', { what: 'L_cos', ...widths }],
    ['patient', wide, 'termNeedsEqualWidth', { what: 'L_PT', ...widths }],
    ['attn', headed, 'termNeedsEqualHeads', { what: 'L_attn', ...heads }],
    ['attnKl', headed, 'termNeedsEqualHeads', { what: 'L_AT', ...heads }],
    ['valueKl', headed, 'termNeedsEqualHeads', { what: 'L_VR', ...heads }],
    [
      'relQ',
      { dials: { relationHeads: 5 } },
      'termNeedsDivisor',
      { what: 'L_QQ', heads: 5, hiddenSize: 32, teacherHiddenSize: 32 },
    ],
    [
      'relK',
      { ...student({ hiddenSize: 36 }), ...random },
      'termNeedsDivisor',
      { what: 'L_KK', heads: 8, hiddenSize: 36, teacherHiddenSize: 32 },
    ],
    [
      'relV',
      { dials: { layersBeforeLast: 4 } },
      'termNeedsLayers',
      { what: 'L_VV', layer: 0, teacherLayers: 4 },
    ],
    [
      'patient',
      { ...student({ layers: 1 }), initialisation: { kind: 'copy', blocks: [4] }, mapping: [4] },
      'termNeedsLayers',
      { what: 'L_PT', layer: 1, teacherLayers: 4 },
    ],
    [
      'attn',
      { ...headed, choices: { heads: 'paired' }, lists: { headPairs: [1, 5] } },
      'termNeedsHeadPairs',
      { what: 'L_attn', ...heads, pairs: 2 },
    ],
  ])('%s with %o is refused with what would fit', (term, changes, code, values) => {
    expect(misfits({ weights: { mlm: 1, [term]: 1 }, ...changes })).toEqual([[code, values]]);
    // Without a weight nothing is asked.
    expect(misfits({ ...changes, weights: { mlm: 1 } }).map(([found]) => found)).not.toContain(code);
  });

  it.each<[TermId, string]>([
    ['tckd', 'L_TCKD'],
    ['nckd', 'L_NCKD'],
    ['zscore', 'L_z'],
  ])('%s needs more words than two classes have', (term, what) => {
    const weights = { mlm: 1, [term]: 1 };
    const classes = { ...teacher, vocabularySize: 2 };
    expect(misfits({ weights }, classes)).toEqual([['termNeedsMoreWords', { what, words: 2, least: 3 }]]);
    expect(misfits({ weights }, { ...teacher, vocabularySize: 3 })).toEqual([]);
    expect(misfits({ weights: { mlm: 1, ce: 1 } }, classes)).toEqual([]);
  });

  it('lets pass what is made for unequal pairs', () => {
    for (const term of ['embd', 'hidn', 'pred', 'relQ', 'relK', 'relV', 'jsd'] as const) {
      expect(misfits({ ...wide, weights: { [term]: 1 } })).toEqual([]);
      expect(misfits({ ...headed, weights: { [term]: 1 } })).toEqual([]);
    }
    const attn = { weights: { attn: 1 } };
    expect(misfits({ ...headed, ...attn, choices: { heads: 'mean' } })).toEqual([]);
    expect(
      misfits({ ...headed, ...attn, choices: { heads: 'paired' }, lists: { headPairs: [4, 1] } }),
    ).toEqual([]);
  });

  it('holds lists to the length that fits', () => {
    const layers = (lambda: number[]) => misfits({ weights: { hidn: 1 }, lists: { lambda } });
    expect(layers([1, 0, 2])).toEqual([]);
    expect(layers([1, 0])).toEqual([['listLength', { list: 'λ_m', length: 2, expected: 3 }]]);
    expect(layers([1, 0, 1, 1])).toEqual([['listLength', { list: 'λ_m', length: 4, expected: 3 }]]);
  });

  it('refuses a mapping that runs backwards, and one out of range at both its faults', () => {
    expect(misfits({ mapping: [4, 2] })).toEqual([['mappingRunsBackwards', { block: 2, before: 4 }]]);
    expect(misfits({ mapping: [3, 3] })).toEqual([]);
    expect(misfits({ mapping: [5, 1] }).map(([code]) => code)).toEqual([
      'blockOutOfRange',
      'mappingRunsBackwards',
    ]);
  });

  it.each(['shuffled', 'smoothed', 'goldOnly', 'topWords'] as const)(
    'the control %s needs a term that reads soft targets',
    (softTargets) => {
      for (const term of ['mlm', 'cos', 'mse', 'hidn'] as const) {
        expect(misfits({ softTargets, weights: { [term]: 1 } })).toEqual([['controlWithoutSoftTargets', {}]]);
      }
      for (const term of ['ce', 'pred', 'tckd', 'nckd'] as const) {
        expect(misfits({ softTargets, weights: { [term]: 1 } })).toEqual([]);
      }
      // Where the reverse KL is approached, a word that is left out costs ever more.
      expect(misfits({ softTargets, weights: { jsd: 1 } })).toEqual(
        softTargets === 'topWords' ? [['wordsLeftOut', { what: 'L_JSD' }]] : [],
      );
      // CTKD softens at a T of its own, for which targets that are made for the plan's are not made.
      const isMadeForT = softTargets === 'smoothed' || softTargets === 'goldOnly';
      expect(misfits({ softTargets, weights: { ctkd: 1 } })).toEqual(
        isMadeForT ? [['ownTemperatureAlone', { what: 'L_CTKD' }]] : [],
      );
    },
  );

  it('gives the teacher no T of its own where the loss has one', () => {
    const apart = { teacherTemperature: 3 };
    expect(misfits({ ...apart, weights: { ctkd: 1 } })).toEqual([
      ['ownTemperatureAlone', { what: 'L_CTKD' }],
    ]);
    expect(misfits({ ...apart, weights: { ce: 1 } })).toEqual([]);
  });

  it('refuses what a loss without a scale can’t see', () => {
    const scaleFree = [['scaleSaysNothing', { what: 'L_z' }]];
    const zscore = { weights: { zscore: 1 } };
    expect(misfits({ ...zscore, teacherTemperature: 8 })).toEqual(scaleFree);
    for (const softTargets of ['smoothed', 'goldOnly', 'topWords'] as const) {
      expect(misfits({ ...zscore, softTargets })).toEqual(scaleFree);
    }
    expect(misfits({ ...zscore, softTargets: 'shuffled' })).toEqual([]);
  });

  it('replaces layers between the teacher’s own embeddings and head alone', () => {
    const replacing = { choices: { blocks: 'replacing' }, weights: { mlm: 1 } } as const;
    expect(misfits(replacing)).toEqual([]);
    const problem = [['replacementNeedsCopy', { what: 'theseus' }]];
    expect(misfits({ ...replacing, initialisation: { kind: 'random' } })).toEqual(problem);
  });

  it('asks who teaches', () => {
    const of = (others: Experiment['others'], taughtBy: Arm['taughtBy'], more: Partial<Arm> = {}) => {
      const [arm, ...rest] = presets.distilbert.arms;
      const arms = [{ ...arm, weights: { ce: 1 }, ...more, taughtBy }, ...rest];
      const shape = bundledTeachers['stories-4x128'];
      return checkExperiment({ ...presets.distilbert, others, arms }, shape).map(({ code }) => code);
    };
    expect(of([{ kind: 'random' }], { kind: 'member', index: 2 })).toEqual([]);
    expect(of([], { kind: 'member', index: 2 })).toEqual(['teacherOutOfRange']);
    expect(of([], { kind: 'ensemble', mean: 'logits' })).toEqual(['ensembleOfOne']);
    const both = { kind: 'ensemble', mean: 'probabilities' } as const;
    expect(of([{ kind: 'random' }], both)).toEqual([]);
    expect(of([{ kind: 'random' }], both, { weights: { cos: 1 } })).toEqual(['ensembleHasNoLayers']);
    const ofLogits = { kind: 'ensemble', mean: 'logits' } as const;
    for (const term of ['mse', 'anneal'] as const) {
      const weights = { [term]: 1 };
      expect(of([{ kind: 'random' }], both, { weights }), term).toEqual(['ensembleHasNoLogits']);
      expect(of([{ kind: 'random' }], ofLogits, { weights }), term).toEqual([]);
    }
    expect(of([{ kind: 'random' }], both, { weights: { pseudo: 1 } })).toEqual([]);
    expect(of([{ kind: 'bundled', id: 'stories-4x32' }], both)).toEqual(['othersSpeakOtherwise']);
    expect(of([], { kind: 'arm', id: 'twin' }, { mapping: [1, 2] })).toEqual([]);
    expect(of([], { kind: 'arm', id: 'distilled' }, { mapping: [1, 2] })).toEqual(['peerMissing']);
    expect(of([], { kind: 'arm', id: 'nobody' }, { mapping: [1, 2] })).toEqual(['peerMissing']);
    const replacing = { choices: { blocks: 'replacing' }, weights: { mlm: 1 }, mapping: [1, 2] } as const;
    expect(of([], { kind: 'arm', id: 'twin' }, { ...replacing, mapping: [1, 2] })).toContain(
      'ensembleHasNoLayers',
    );
  });

  it('lets BERT-of-Theseus have none but a student of the teacher’s width and heads', () => {
    const replacing = { weights: { mlm: 1 }, choices: { blocks: 'replacing' } };
    expect(misfits(replacing)).toEqual([]);
    expect(misfits({ ...replacing, ...wide })).toEqual([
      [
        'termNeedsEqualSize',
        { what: 'theseus', hiddenSize: 64, heads: 4, teacherHiddenSize: 32, teacherHeads: 4 },
      ],
    ]);
    expect(misfits({ ...replacing, ...headed }).map(([code]) => code)).toEqual(['termNeedsEqualSize']);
    expect(misfits({ ...replacing, mapping: [1, 3] })).toEqual([
      ['termNeedsLayers', { what: 'theseus', layer: 2, teacherLayers: 4 }],
    ]);
    expect(check({ ...replacing, ...random }, null)).toEqual([
      { code: 'lossWithoutTeacher', values: { arm: 'distilled', terms: 'theseus' } },
    ]);
  });
});
