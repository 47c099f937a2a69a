import { beforeEach, describe, expect, it } from 'vitest';
import type { AugmentedRow } from '../../src/augment/augment';
import { ProblemError } from '../../src/config/problems';
import type { ClassGuess } from '../../src/config/results';
import type { BatchSource } from '../../src/data/batchSource';
import type { EncodedTask } from '../../src/tasks/encode';
import type { TaskStage } from '../../src/train/taskStages';
import { Questions } from '../../src/worker/questions';
import type { Run } from '../../src/worker/run';
import { TaskViews } from '../../src/worker/taskViews';

const train = [
  { label: 0, a: 'The dog ran.' },
  { label: 1, a: 'A Cat slept.' },
  { label: 1, a: 'Nothing happened.' },
];
const exchanges = (source: 'teacher' | 'vectors') => ({
  a: [{ place: 0, from: 'x', to: 'y', start: 0, source, score: 0.5 }],
  b: [],
});
const variants: AugmentedRow[] = [
  { row: 0, a: 'The cow ran.', exchanges: exchanges('teacher') },
  { row: 0, a: 'The dog sat.', exchanges: exchanges('vectors') },
  { row: 2, a: 'Nothing moved.', exchanges: exchanges('teacher') },
];
/** What the teacher says of the rows, then of the variants. */
const answers = [0, 1, 0, 0, 1, 1];

let asked: number[][];
let shares: number[];
let run: Run;
let task: TaskStage;
let questions: Questions;
let views: TaskViews;

beforeEach(() => {
  asked = [];
  shares = [];
  questions = new Questions((event, payload) => {
    if (event === 'guessing') shares.push((payload as { share: number }).share);
  });
  views = new TaskViews(questions);
  task = {
    data: { labels: ['wild', 'tame'], train, heldOut: [] },
    // Each sequence is told by its one token.
    encoded: {
      labels: ['wild', 'tame'],
      train: answers.map((_, id) => ({ ids: Int32Array.of(id), second: 1, cut: false, label: 0 })),
      heldOut: [],
      heldOutTexts: [],
      pairs: false,
      pad: 0,
      cut: 0,
      unknownShare: 0,
    } satisfies EncodedTask,
    source: { vocabularySize: 9 } as BatchSource,
    lost: 0,
    teacher: {} as TaskStage['teacher'],
    augmented: { rows: variants, counts: {} as never },
  };
  const course = {
    data: { task },
    teacherSays: async (source: BatchSource, pause: (share: number) => Promise<void>) => {
      const batches = source.heldOut({ batchSize: 1, sequenceLength: 1, maskProbability: 0 }, 'all');
      const said: ClassGuess[] = [];
      for (const [i, { inputIds, heldOutRows }] of batches.entries()) {
        said[heldOutRows![0]] = { label: answers[inputIds[0]], probability: 0.9 };
        await pause((i + 1) / batches.length);
      }
      asked.push(batches.map(({ inputIds }) => inputIds[0]).sort());
      return said;
    },
  };
  run = {
    course,
    sources: { task },
    training: { pause: async () => {} },
    ask: async (
      question: (of: typeof course, pause: () => Promise<void>) => unknown,
      isOver: () => boolean,
    ) =>
      question(course, async () => {
        if (isOver()) throw new ProblemError('interrupted');
      }),
  } as unknown as Run;
});

describe('a row', () => {
  it('comes with its variants and what the teacher says, which is asked once', async () => {
    const shown = await views.variantsOf(run, 0);
    expect(shown).toMatchObject({ row: 0, rows: 3, label: 0, a: 'The dog ran.', said: { label: 0 } });
    expect(shown.variants.map(({ a, said }) => [a, said?.label])).toEqual([
      ['The cow ran.', 0],
      ['The dog sat.', 1],
    ]);
    expect(asked).toEqual([[0, 3, 4]]);
    await views.variantsOf(run, 0);
    expect(asked).toHaveLength(1);
  });

  it('may have no variants, and one that is not there is the last', async () => {
    expect((await views.variantsOf(run, 1)).variants).toEqual([]);
    expect((await views.variantsOf(run, 99)).row).toBe(2);
  });

  it('is found by its words, in either case', () => {
    expect(views.find(run, ' CAT ')).toEqual({ rows: [{ row: 1, a: 'A Cat slept.' }], found: 1 });
    expect(views.find(run, 'zebra').found).toBe(0);
  });
});

describe('all variants', () => {
  it('are judged, those that were asked before not again, and told as it goes', async () => {
    await views.variantsOf(run, 0);
    const kept = await views.judge(run);
    expect(asked).toEqual([[0, 3, 4], [5]]);
    expect(kept?.all).toEqual({ kept: 2, variants: 3, share: 2 / 3 });
    expect(kept?.bySource.vectors).toEqual({ kept: 0, variants: 1, share: 0 });
    expect(shares).toEqual([1]);
  });

  it('are judged by nobody where nobody was tuned', async () => {
    task.teacher = null;
    expect(await views.judge(run)).toBeNull();
    expect((await views.variantsOf(run, 0)).variants[0].said).toBeNull();
    expect(asked).toEqual([]);
  });

  it('are let go of where nobody waits, and where another stage has begun', async () => {
    const judging = views.judge(run);
    questions.stop();
    await expect(judging).rejects.toMatchObject({ problem: { code: 'interrupted' } });
    const other = { ...run, sources: { task: null } } as unknown as Run;
    expect(() => views.find(other, 'cat')).toThrow(ProblemError);
  });
});
