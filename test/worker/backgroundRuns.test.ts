import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { type Problem, ProblemError } from '../../src/config/problems';
import { stepsOf } from '../../src/config/stages';
import { bundledTeachers } from '../../src/config/teachers';
import type { FromBackground } from '../../src/protocol/background';
import { BackgroundRuns } from '../../src/worker/backgroundRuns';
import { Pacer } from '../../src/worker/pacer';
import type { Sources } from '../../src/worker/sources';
import { FakeTrainer } from '../store/fakeTrainer';
import { taskStages } from '../support/taskStages';

class Trainer extends FakeTrainer {
  async seenAt(ladder: readonly number[], pause: () => Promise<void>) {
    await pause();
    return { distilled: ladder.map((T) => this.state + T) };
  }
}

function world({ diverges = false, missing = false } = {}) {
  const said: FromBackground[] = [];
  const trainers: Trainer[] = [];
  let blame: (problem: Problem) => void = () => {};
  let loads = 0;
  const pacer = new Pacer('full');
  const runs = new BackgroundRuns({
    startBackend: async ({ onError }) => {
      blame = onError;
      const report = { name: 'wasm', reason: 'forced', adapter: null, software: false, threads: 1 } as const;
      return { report, tuning: null, provisional: false, release: () => {} };
    },
    loader: {
      endRun: () => {},
      load: async (_experiment, _stage, { accept, heed }) => {
        loads += 1;
        accept?.({ shape: bundledTeachers['stories-4x32'], fingerprint: 'a b c d' });
        await heed?.({ what: 'tuning', done: 1, of: 1, loss: 1 });
        if (missing) throw new ProblemError('textMissing', { name: 'a.txt' });
        return { fingerprint: 'a b c d' } as Sources;
      },
    },
    makeTrainer: (stage, _, before) => {
      const trainer = new Trainer(
        stage,
        { isGone: () => false, isLost: () => false, pace: () => 0, diverges: () => diverges },
        before,
      );
      trainers.push(trainer);
      return trainer;
    },
    expectedStep: () => 1,
    pacer,
    say: (message) => said.push(message),
  });
  const train = (experiment: Experiment, ladder: number[] = []) =>
    runs.train({ id: 'a run', experiment, ladder, backend: null, baseUrl: 'http://localhost/' });
  const points = () =>
    said.flatMap((message) =>
      message.kind === 'evaluated' ? [[message.point.step, message.point.extent, message.point.stage]] : [],
    );
  return {
    said,
    trainers,
    train,
    pacer,
    points,
    blame: (problem: Problem) => blame(problem),
    loads: () => loads,
  };
}

const brief = { ...presets.tiny, training: { ...presets.tiny.training, steps: 25, evaluateEvery: 10 } };

describe('runs in the background', () => {
  it('are trained to their end, measured where all seeds are, and looked at where that is asked for', async () => {
    const { said, trainers, train, points } = world();
    await train(brief, [1, 4]);
    expect(points()).toEqual([
      [0, 'sample', undefined],
      [10, 'sample', undefined],
      [20, 'sample', undefined],
      [25, 'full', undefined],
    ]);
    const [trainer] = trainers;
    expect([trainer.step, trainer.disposed]).toEqual([25, true]);
    const seen = { distilled: [trainer.state + 1, trainer.state + 4] };
    expect(said.at(-1)).toEqual({ kind: 'done', id: 'a run', backend: 'wasm', fingerprint: 'a b c d', seen });
  });

  it('cross stages with the weights that students have by then, and measure the end of each', async () => {
    const { trainers, train, points, said } = world();
    const stage = <T extends { training: Experiment['training'] }>(own: T): T => ({
      ...own,
      training: { ...own.training, steps: 3, evaluateEvery: 2 },
    });
    const short = { ...stage(taskStages), later: taskStages.later!.map(stage) };
    await train(short);
    expect(points()).toEqual([
      [0, 'sample', undefined],
      [2, 'sample', undefined],
      [3, 'full', undefined],
      [3, 'sample', 1],
      [5, 'sample', 1],
      [6, 'full', 1],
      [6, 'sample', 2],
      [8, 'sample', 2],
      [stepsOf(short), 'full', 2],
    ]);
    expect(trainers.map(({ disposed }) => disposed)).toEqual([true, true, true]);
    expect(said.at(-1)).toMatchObject({ kind: 'done', seen: null });
  });

  it.each([
    ['losses that are no numbers', { diverges: true }, brief, 'lossNotFinite'],
    ['a text that is gone', { missing: true }, brief, 'textMissing'],
  ])('tell of %s, and leave nothing on the device', async (_, faults, experiment, code) => {
    const { said, train, trainers } = world(faults);
    await train(experiment);
    expect(said.at(-1)).toMatchObject({ kind: 'failed', id: 'a run', problem: { code } });
    expect(trainers.every(({ disposed }) => disposed)).toBe(true);
  });

  it('believe nothing that a faulty device computed', async () => {
    const { said, train, blame } = world();
    const training = train(brief);
    await new Promise((resolve) => setTimeout(resolve, 1));
    blame({ code: 'outOfMemory' });
    await training;
    expect(said.at(-1)).toEqual({ kind: 'failed', id: 'a run', problem: { code: 'outOfMemory' } });
  });

  it('rest in the middle, and go on where they were', async () => {
    const { said, train, trainers, pacer } = world();
    const training = train(brief);
    while ((trainers[0]?.step ?? 0) < 5) await new Promise((resolve) => setTimeout(resolve, 1));
    pacer.set('rest');
    await new Promise((resolve) => setTimeout(resolve, 30));
    const { step } = trainers[0];
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(trainers[0].step).toBe(step);
    expect(step).toBeLessThan(25);
    pacer.set('full');
    await training;
    expect(said.at(-1)?.kind).toBe('done');
  });
});
