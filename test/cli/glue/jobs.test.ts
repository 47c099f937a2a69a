import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../src/cli/glue/hash';
import { needsOf, planFor } from '../../../src/cli/glue/jobs';
import { checkExperiment } from '../../../src/config/check';
import type { Stage } from '../../../src/config/experiment';
import { glueAblations, glueModels } from '../../../src/config/glue';
import { plansOf, stagesOf } from '../../../src/config/stages';
import { bundledTaskIds } from '../../../src/config/tasks';
import { bundledTeacherIds } from '../../../src/config/teacherIds';
import { bundledTeachers } from '../../../src/config/teachers';
import { asked } from './samples';

const counted = (kinds: string[]) =>
  Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]));

describe('planFor', () => {
  it('shares a teacher for each task and seed, and a general student for each seed', () => {
    const { jobs, cells } = planFor(asked());
    expect(counted(jobs.map(({ kind }) => kind))).toEqual({ teacher: 4, student: 8, general: 2 });
    expect(cells).toHaveLength(12);
    const keys = new Set(jobs.map(({ key }) => key));
    expect(keys.size).toBe(jobs.length);
    for (const { key } of cells) expect(keys.has(key)).toBe(true);
  });

  it('has what a job needs before it', () => {
    const { jobs } = planFor(asked({ models: ['teacher', ...glueModels, ...glueAblations] }));
    jobs.forEach((job, i) => {
      for (const key of needsOf(job)) {
        const at = jobs.findIndex((other) => other.key === key);
        expect(at).toBeGreaterThanOrEqual(0);
        expect(at).toBeLessThan(i);
        expect(jobs[at].seed).toBe(job.seed);
      }
    });
    // Whoever learns from a teacher needs one; labels alone need none.
    const ofTask = jobs.filter(({ kind }) => kind === 'student');
    for (const { model, teacher } of ofTask) {
      const alone = ['scratch', 'pretrained', 'distilbert', 'minilm', 'tinybert-no-task'];
      const isAlone = alone.includes(model) || model.startsWith('distilbert-');
      expect([model, teacher === undefined]).toEqual([model, isAlone]);
    }
  });

  it('has the teacher tuned as every stage that asks for it would have it', () => {
    const { jobs } = planFor(asked({ models: ['teacher', ...glueModels, ...glueAblations] }));
    const tuningOf = ({ text, tuning, training }: Stage) => {
      const { steps: _steps, learningRate: _rate, evaluateEvery: _every, ...rest } = training;
      return { text, tuning, rest };
    };
    for (const { experiment, teacher } of jobs.filter(({ kind }) => kind === 'student')) {
      const asking = stagesOf(experiment).filter(({ tuning }) => tuning);
      const job = jobs.find(({ key }) => key === teacher);
      for (const stage of asking) expect(tuningOf(stage)).toEqual(tuningOf(job!.experiment));
      expect(asking.length > 0).toBe(job !== undefined);
    }
  });

  it('keeps a key where nothing changes that the job computes from, and no longer', () => {
    const keysOf = (changes: Parameters<typeof asked>[0]) =>
      planFor(asked(changes)).cells.map(({ key }) => key);
    const before = keysOf({});
    expect(keysOf({})).toEqual(before);
    const one = keysOf({ tasks: ['topics'], seeds: [2] });
    expect(one.every((key) => before.includes(key))).toBe(true);
    const none = (changes: Parameters<typeof asked>[0]) =>
      expect(keysOf(changes).filter((key) => before.includes(key))).toEqual([]);
    none({ seeds: [3] });
    none({ share: 0.5 });
    none({ validate: true });
    const tuned = keysOf({ tuning: { steps: 7, learningRate: 1e-3 } });
    // Students from scratch have no teacher.
    expect(before.filter((key) => tuned.includes(key))).toHaveLength(4);
    none({ teacher: 'stories-4x128' });
    none({ files: { ...asked().files, shared: 'another teacher' } });
    const { files } = asked();
    const other = keysOf({ files: { ...files, tasks: { ...files.tasks, feelings: 'other rows' } } });
    expect(before.filter((key) => other.includes(key))).toHaveLength(6);
  });

  it('does once what comes to the same', () => {
    const { cells } = planFor(
      asked({ models: ['teacher', 'tinybert', 'tinybert-uniform', 'tinybert-bottom'] }),
    );
    const keys = (model: string) => cells.filter((cell) => cell.model === model).map(({ key }) => key);
    const same = ['tinybert-uniform', 'tinybert-bottom'].filter(
      (model) => String(keys(model)) === String(keys('tinybert')),
    );
    expect(same).toHaveLength(1);
  });

  it('asks for nothing that can’t be trained, of any teacher and task', () => {
    const models = ['teacher' as const, ...glueModels, ...glueAblations];
    for (const teacher of bundledTeacherIds) {
      const { jobs } = planFor(asked({ teacher, models, tasks: bundledTaskIds, seeds: [1] }));
      for (const { experiment, model, task } of jobs) {
        expect([model, task, checkExperiment(experiment, bundledTeachers[teacher])]).toEqual([
          model,
          task,
          [],
        ]);
      }
    }
  });

  it('takes from an ablation what it is named after', () => {
    const termsOf = (model: 'tinybert' | (typeof glueAblations)[number]) => {
      const { jobs } = planFor(asked({ models: ['teacher', model], tasks: ['feelings'], seeds: [1] }));
      const { experiment } = jobs.find(({ kind }) => kind === 'student')!;
      return plansOf(experiment.arms[0]).map(({ weights }) => Object.keys(weights).join(' '));
    };
    expect(termsOf('tinybert')).toEqual(['embd attn hidn', 'embd attn hidn', 'pred']);
    expect(termsOf('tinybert-no-general')).toEqual(['embd attn hidn', 'pred']);
    expect(termsOf('tinybert-no-task')).toEqual(['embd attn hidn', 'mlm']);
    expect(termsOf('tinybert-no-trm')).toEqual(['embd', 'embd', 'pred']);
    expect(termsOf('tinybert-no-attn')).toEqual(['embd hidn', 'embd hidn', 'pred']);
    expect(termsOf('tinybert-no-pred')).toEqual(['embd attn hidn', 'embd attn hidn', 'mlm']);
    expect(termsOf('distilbert-no-cos')).toEqual(['ce mlm', 'mlm']);
    expect(termsOf('distilbert-no-mlm')).toEqual(['ce cos', 'mlm']);
    const { jobs } = planFor(asked({ models: ['teacher', 'tinybert', 'tinybert-no-augmentation'] }));
    const varied = jobs.filter(({ experiment }) => JSON.stringify(experiment).includes('augmentation'));
    expect(new Set(varied.filter(({ kind }) => kind === 'student').map(({ model }) => model))).toEqual(
      new Set(['tinybert']),
    );
  });
});

describe('hashOf', () => {
  it('is the same whatever the order of names, and another for anything else', () => {
    expect(hashOf({ a: 1, b: { c: [1, 2], d: 'x' } })).toBe(hashOf({ b: { d: 'x', c: [1, 2] }, a: 1 }));
    const others = [{ a: 1 }, { a: '1' }, { a: [1] }, { b: 1 }, [{ a: 1 }], { a: 2 }].map(hashOf);
    expect(new Set(others).size).toBe(others.length);
    for (const hash of others) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });
});
