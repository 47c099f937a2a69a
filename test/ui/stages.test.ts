import { describe, expect, it } from 'vitest';
import { armNameParts } from '../../src/config/armNames';
import { checkExperiment } from '../../src/config/check';
import type { Experiment } from '../../src/config/experiment';
import { hardLabels } from '../../src/config/objective';
import { presets } from '../../src/config/presets';
import { plansOf, stagesOf } from '../../src/config/stages';
import { bundledTeachers } from '../../src/config/teachers';
import { changeArm, copyArm } from '../../src/store/edits';
import { inStage, withStages } from '../../src/store/stageEdits';
import { withStageAdded } from '../../src/store/stageTexts';
import { changeLines } from '../../src/ui/charts/changeLines';
import { type ChartRow, curvePath, stageKey } from '../../src/ui/charts/chartData';
import { onePerStep } from '../../src/ui/charts/onePerStep';
import { stageLabel } from '../../src/ui/charts/stageLabel';
import { changedParts } from '../../src/ui/panels/experiment/changedRows';
import { placedProblems, refusedStages } from '../../src/ui/panels/experiment/stageProblems';
import {
  curveId,
  hiddenAtFirst,
  hiddenOverStages,
  lossRows,
  presentQuantities,
  sizesAtFirst,
} from '../../src/ui/panels/losses/lossCurves';
import { countedIn, hasTeacher, markedPoints, progressRows } from '../../src/ui/panels/losses/progress';
import { borders, stagedExperiment, stagedState } from '../support/sampleStages';

const { distilbert } = presets;
const teacher = bundledTeachers['stories-4x128'];
const staged = stagedExperiment(distilbert);
const [distilled] = distilbert.arms;
const starts = [0, ...borders];

it('a curve is broken where stages meet', () => {
  const rows: ChartRow[] = [
    { x: 0, a: 1 },
    { x: 1, a: 2 },
    { x: 1, a: 5, [stageKey]: 1 },
    { x: 2, a: 6, [stageKey]: 1 },
  ];
  const xs = rows.map(({ x }) => x);
  expect(curvePath(rows, 'a', xs, (y) => y)).toBe('M0 1L1 2M1 5L2 6');
});

describe('curves over stages', () => {
  const { history } = stagedState();
  const key = { arm: distilled.id, quantity: 'total' } as const;

  it('take nothing together across a border', () => {
    const { rows, entriesPerRow } = lossRows(history.steps, [key], 40, 1, false, starts);
    const first = rows.findIndex((row) => row[stageKey] === 1);
    expect(rows[first - 1].x).toBeLessThanOrEqual(borders[0]);
    expect(rows[first].from).toBeGreaterThan(borders[0]);
    // The moving average begins anew: the first point is the first value alone.
    const raw = history.steps.filter(({ step }) => step > borders[0]).slice(0, entriesPerRow);
    const mean = raw.reduce((sum, { arms }) => sum + arms[distilled.id].total, 0) / raw.length;
    expect(rows[first][curveId(key)]).toBeCloseTo(mean, 12);
    expect(rows.some((row) => row[stageKey] === 0)).toBe(false);
  });

  it('have the terms of every stage, also of those that are over or to come', () => {
    expect(presentQuantities(staged, [])).toEqual(['ce', 'mlm', 'cos', 'attn', 'embd', 'hidn', 'total']);
    const past = {
      step: 150,
      learningRate: 1,
      arms: { twin: { total: 1, terms: { mse: 1 }, gradientNorm: 1 } },
    };
    const present = { ...past, step: 300, arms: { twin: { total: 1, terms: { mlm: 1 }, gradientNorm: 1 } } };
    expect(presentQuantities(staged, [past, present], starts)).toContain('mse');
    expect(sizesAtFirst(history.steps, starts)).toMatchObject(sizesAtFirst(history.steps));
    expect(Object.keys(sizesAtFirst(history.steps, starts))).toContain('attn');
    expect(Object.keys(sizesAtFirst(history.steps))).not.toContain('attn');
  });

  it('show at first what any stage would show alone', () => {
    const available = presentQuantities(staged, []);
    expect([...hiddenOverStages(staged, available)]).toEqual(['total']);
    const alone = presentQuantities(distilbert, []);
    expect(hiddenOverStages(distilbert, alone)).toEqual(hiddenAtFirst(distilbert, alone));
  });

  it('of held-out figures have both points at a border, each of its own stage', () => {
    const { evaluations } = history;
    expect(onePerStep(evaluations).filter(({ step }) => step === borders[0])).toHaveLength(2);
    const rows = progressRows(evaluations, [distilled.id], 'right');
    expect(rows.filter(({ x }) => x === borders[0]).map((row) => row[stageKey] ?? 0)).toEqual([0, 1]);
    expect(progressRows(stagedState().history.evaluations, [distilled.id], 'kl')).toHaveLength(rows.length);
  });

  it('mark the newest figure of all held-out text of each stage', () => {
    const sample = history.evaluations;
    const full = sample
      .filter(({ step }) => step === 150 || step === 300)
      .map((point) => ({ ...point, step: point.step + 1, extent: 'full' as const }));
    const rows = progressRows(sample, [distilled.id], 'kl');
    const marked = markedPoints(rows, [...sample, ...full], distilled.id, 'kl');
    expect(marked.map(({ x }) => x)).toEqual([...rows.map(({ x }) => x), 151, 301]);
  });

  it('say of what the shares are, and whether a teacher is there to be compared with', () => {
    const all = stagesOf(staged);
    expect([countedIn(all.slice(0, 1)), countedIn(all), countedIn(all.slice(1))]).toEqual([
      'words',
      'both',
      'rows',
    ]);
    const untuned = all.slice(1).map(({ tuning: _, ...stage }) => stage);
    expect([hasTeacher(staged, all), hasTeacher(staged, untuned)]).toEqual([true, false]);
  });
});

it('a number is told with those whom it concerns in its stage', () => {
  // In the second stage no arm learns anything softened, and one alone has L_attn.
  const changes = [
    { step: 250, path: 'arms.0.later.0.weights.attn', before: 1, value: 2 },
    { step: 251, path: 'arms.1.later.0.weights.mlm', before: 1, value: 3 },
  ];
  expect(changeLines(changes, staged.arms, 500)[0].numbers).toEqual([
    { what: { term: 'attn' }, values: [1, 2], arms: null },
    { what: { term: 'mlm' }, values: [1, 3], arms: null },
  ]);
});

it('a stage is named where there is room, by its number where there is less', () => {
  expect([200, 40, 12, 3].map((room) => stageLabel('2 Feelings', '2', room))).toEqual([
    '2 Feelings',
    '2',
    '2',
    '',
  ]);
});

describe('what a draft changes', () => {
  const none = { experiment: staged };

  it('is told by stage, and once where stages share it', () => {
    const changed = inStage(staged, 1, (own) => ({
      ...changeArm(own, distilled.id, { mapping: [1, 2] }),
      augmentation: { tries: 3 },
    }));
    const copied = copyArm(changed, changed.arms[0]).experiment;
    expect(changedParts(staged, copied, none, 1)).toEqual([
      { row: 'arms', stage: null },
      { row: 'text', stage: 1 },
      { row: 'mapping', stage: 1 },
    ]);
  });

  it('is the order of stages, and not that they are another stage’s', () => {
    const order = [0, 2];
    const left = withStages(staged, order);
    expect(changedParts(staged, left, { experiment: left, order }, 0)).toEqual([
      { row: 'stages', stage: null },
    ]);
  });

  it('is a number too where its stage is over', () => {
    const hotter: Experiment = changeArm(staged, distilled.id, { temperature: 9 });
    expect(changedParts(staged, hotter, { experiment: hotter }, 0)).toEqual([]);
    expect(changedParts(staged, hotter, { experiment: hotter }, 1)).toEqual([{ row: 'objective', stage: 0 }]);
  });
});

it('a problem is of the stages that have it', () => {
  const untaught = inStage(staged, 2, ({ tuning: _, ...own }) => own);
  const problems = checkExperiment(untaught, teacher);
  expect(problems.map(({ code }) => code)).toEqual(['taskTeacherUntuned']);
  expect(placedProblems(untaught, teacher, problems)).toEqual([{ problem: problems[0], stages: [2] }]);
  expect(refusedStages(untaught, teacher, problems)).toEqual([2]);
  // Three heads divide no width, in any stage; the attention of one stage is compared head by head.
  const odd = {
    ...staged,
    arms: staged.arms.map((arm) => ({ ...arm, student: { ...arm.student, heads: 3 } })),
  };
  const placed = placedProblems(odd, teacher, checkExperiment(odd, teacher));
  const stagesWith = (wanted: string) =>
    placed.flatMap(({ problem, stages }) => (problem.code === wanted ? [stages] : []));
  expect(stagesWith('headsDoNotDivide')).toEqual([null, null]);
  expect(stagesWith('termNeedsEqualHeads')).toEqual([[1]]);
});

describe('arms are named', () => {
  const codes = (experiment: Experiment) =>
    armNameParts(experiment.arms).map((parts) => parts.map(({ code }) => code).join());

  it('by the stage that tells them apart', () => {
    expect(codes(staged)).toEqual(['distilled', 'noTeacher']);
    const alone = { ...distilbert, arms: distilbert.arms.map((arm) => ({ ...arm, weights: hardLabels })) };
    const later = withStageAdded(alone, alone.text, teacher);
    const apart = inStage(later, 1, (own) => changeArm(own, distilled.id, { weights: distilled.weights }));
    expect(codes(apart)).toEqual(['distilled', 'noTeacher']);
  });

  it('by all of them where none does', () => {
    const { experiment } = copyArm(staged, staged.arms[0]);
    const third = experiment.arms[2].id;
    const mixed = inStage(experiment, 2, (own) => changeArm(own, third, { weights: hardLabels }));
    const [[first], , [last]] = armNameParts(
      inStage(mixed, 1, (own) => changeArm(own, third, { weights: own.arms[0].weights })).arms,
    );
    expect(first.code).toBe('distilled');
    expect(last).toMatchObject({
      code: 'inTurn',
      stages: [[{ code: 'distilled' }], [{ code: 'noTeacher' }]],
    });
    expect(plansOf(mixed.arms[2])).toHaveLength(3);
  });
});
