import * as tf from '@tensorflow/tfjs';
import { expect, it, vi } from 'vitest';
import type { Arm, Experiment } from '../../src/config/experiment';
import { teacherModel } from '../../src/config/modelIds';
import type { BackendName, HeldOut } from '../../src/config/results';
import { isOfHead } from '../../src/model/parameterNames';
import { accuracy, confusionOf } from '../../src/statistics/classification';
import { encodeTask } from '../../src/tasks/encode';
import { readTexts } from '../../src/tasks/readTexts';
import type { LabelledData } from '../../src/tasks/rows';
import { rowsOf } from '../../src/tasks/taskSource';
import { frozenModel } from '../../src/train/model';
import { probe } from '../../src/train/probe';

import { startingWeights, type TeacherWeights } from '../../src/train/startingWeights';
import { Trainer } from '../../src/train/trainer';
import { golden, head, shapeOf, weightsOf } from '../golden/heads';
import { describeOn } from '../support/backends';
import { closeTo } from '../support/closeTo';
import {
  copyOfTeacher,
  distilled,
  experimentOf,
  shape,
  teacher,
  tinyTrainer,
  tokenizer,
  trained,
} from './tinyExperiment';

const pause = async () => {};

/** Three classes and 70 held-out rows: more than a sample, and no whole number of batches. */
const words = ['day', 'night', 'rain'];
const row = (i: number) => ({ label: i % 3, a: `the ${words[i % 3]} was ${i}` });
const texts: LabelledData = {
  labels: words,
  train: Array.from({ length: 9 }, (_, i) => row(i)),
  heldOut: Array.from({ length: 70 }, (_, i) => row(100 + ((i * i) % 31))),
};
const paired = (rows: LabelledData['train']) => rows.map((one) => ({ ...one, b: `and it is ${one.label}` }));
const pairs = { ...texts, train: paired(texts.train), heldOut: paired(texts.heldOut) };

/** Learns from nobody, but has classes. */
const labels = (arm: Arm, id: string): Arm => ({ ...arm, id, weights: { mlm: 1 } });
/** With token types as the teacher, and without. */
const arms = [labels(copyOfTeacher, 'typed'), labels(distilled, 'untyped')];
/** Says two of the classes, by the word; under BERT's own first weights every class has one third. */
const classifier: TeacherWeights = {
  shape,
  weights: new Map(
    [...startingWeights(arms[0], shape, teacher, null, 11, { kind: 'classify', classes: 3 })].map(
      ([name, { shape, data }]) => [
        name,
        { shape, data: isOfHead(name) ? data.map((one) => 40 * one) : data },
      ],
    ),
  ),
};
const onTask = (arms: Arm[]): Experiment => ({
  ...experimentOf(arms, { steps: 20, warmup: 0 }),
  text: { kind: 'task', id: 'same' },
});
const trainerOf = (data: LabelledData, others: TeacherWeights[] = []) =>
  new Trainer(
    onTask(arms),
    rowsOf(encodeTask(tokenizer, data, 16), shape.vocabularySize),
    classifier,
    others,
    { origin: classifier, before: { typed: classifier.weights } },
  );

const softened = (logits: Float32Array) => {
  const exps = [...logits].map((logit) => Math.exp(logit - Math.max(...logits)));
  return exps.map((one) => one / exps.reduce((sum, other) => sum + other));
};

export function describeTaskFigures(backend: BackendName) {
  describeOn(backend, 'a probe of classes', () => {
    it.each(['bert', 'distilbert'] as const)("has PyTorch's logits of texts and pairs, %s", async (name) => {
      const model = frozenModel(shapeOf(name), weightsOf(name), head);
      const found: number[] = [];
      for (const [b, padded] of golden.ids.entries()) {
        const ids = padded.filter((id) => id !== 0);
        const second = golden.segments[b].indexOf(1);
        const sentence = { ids, maskIndex: 0, longest: 9, ...(second > 0 && { second }) };
        const [{ logits, attention }] = await probe([{ id: name, model }], sentence);
        expect(logits).toHaveLength(3);
        found.push(...logits);
        expect(attention.probabilities).toHaveLength(2 * 2 * ids.length ** 2);
        const rows = attention.probabilities.length / ids.length;
        closeTo([attention.probabilities.reduce((sum, one) => sum + one)], [rows], 1e-4);
      }
      closeTo(found, golden.cases[name].logits.values);
    });

    it('asks the frozen teacher again where a pair is parted elsewhere, and leaves nothing on the device', async () => {
      const trainer = trainerOf(pairs);
      const { ids, second } = readTexts('the day was\nand it is', tokenizer, true, trainer.longestSentence);
      const { numTensors } = tf.memory();
      const parted = await trainer.probe(ids, 0, second);
      const elsewhere = await trainer.probe(ids, 0, second! + 1);
      const single = await trainer.probe(ids, 0);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect(parted.map(({ id }) => id)).toEqual([teacherModel, 'typed', 'untyped']);
      for (const i of [0, 1]) {
        expect(elsewhere[i].logits).not.toEqual(parted[i].logits);
        expect(single[i].logits).not.toEqual(parted[i].logits);
      }
      // A student without token types reads one text after the other.
      expect(single[2]).toEqual(parted[2]);
      expect(await trainer.probe(ids, 0, second)).toEqual(parted);
      trainer.dispose();
    });
  });

  describeOn(backend, 'held-out rows of a task', () => {
    it.each([
      ['texts', texts],
      ['pairs', pairs],
    ])('are guessed by every model as it says of each by itself, %s', async (_, data) => {
      const trainer = trainerOf(data);
      const { numTensors } = tf.memory();
      const { labels, rows, guesses } = await trainer.guessHeldOut(pause);
      expect(tf.memory().numTensors).toBe(numTensors);
      expect([labels, rows]).toEqual([words, data.heldOut]);
      expect(Object.keys(guesses)).toEqual([teacherModel, 'typed', 'untyped']);
      for (const i of [0, 33, 69]) {
        const { a, b } = rows[i];
        const { ids, second } = readTexts(b ? `${a}\n${b}` : a, tokenizer, b !== undefined, 16);
        for (const { id, logits } of await trainer.probe(ids, 0, second)) {
          const probabilities = softened(logits);
          const { label, probability } = guesses[id][i];
          closeTo([probability], [Math.max(...probabilities)], 1e-5);
          expect(probabilities[label]).toBeCloseTo(probability, 5);
        }
      }
      const all = Object.values(guesses).map((own) => own.length);
      expect(all).toEqual([70, 70, 70]);
      trainer.dispose();
    });

    it('are counted by label and guess, in the one read of a batch, for teachers and students', async () => {
      const trainer = trainerOf(texts, [classifier]);
      const { rows, guesses } = await trainer.guessHeldOut(pause);
      const gold = rows.map(({ label }) => label);
      const expected = (id: string) =>
        confusionOf(
          gold,
          guesses[id].map(({ label }) => label),
          3,
        );
      const reads = vi.spyOn(tf.Tensor.prototype, 'data');
      const full = await trainer.evaluate('full', pause);
      expect(reads).toHaveBeenCalledTimes(Math.ceil(70 / 16));
      reads.mockRestore();
      expect(full.teacher!.confusion).toEqual(expected(teacherModel));
      expect(full.others![0].confusion).toEqual(expected(teacherModel));
      // By the word, and the class between them never.
      expect(
        expected(teacherModel)
          .flat()
          .map((count) => count > 0),
      ).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1].map(Boolean));
      for (const id of ['typed', 'untyped']) {
        expect(full.arms[id].confusion).toEqual(expected(id));
        expect(full.arms[id].accuracy).toBeCloseTo(accuracy(expected(id)), 6);
      }
      trainer.dispose();
    });

    it('are counted in the sample too, the first time and from what is kept', async () => {
      const trainer = trainerOf(pairs, [classifier]);
      const total = ({ confusion }: HeldOut) => confusion!.flat().reduce((sum, count) => sum + count);
      const first = await trainer.evaluate('sample', pause);
      expect([first.teacher!, ...first.others!, ...Object.values(first.arms)].map(total)).toEqual([
        64, 64, 64, 64,
      ]);
      expect(await trainer.evaluate('sample', pause)).toEqual(first);
      expect(total((await trainer.evaluate('full', pause)).teacher!)).toBe(70);
      trainer.dispose();
    });

    it('come from updates that are the same replayed as operation by operation, where they can be recorded', async () => {
      const [recorded, single] = [trainerOf(texts), trainerOf(texts)];
      await recorded.prepare();
      expect(recorded.isRecorded).toBe(backend === 'webgpu');
      const points = await trained(recorded, 3);
      expect(points).toEqual(await trained(single, 3));
      expect(points[2].arms.typed.total).not.toBe(points[0].arms.typed.total);
      const after = await recorded.evaluate('sample', pause);
      expect(after).toEqual(await single.evaluate('sample', pause));
      for (const one of [recorded, single]) one.dispose();
    });

    it('end where a pause ends them; of words nothing is counted or guessed', async () => {
      const trainer = trainerOf(texts);
      const { numTensors } = tf.memory();
      const stopped = trainer.guessHeldOut(() => Promise.reject(new Error('enough')));
      await expect(stopped).rejects.toThrow('enough');
      expect(tf.memory().numTensors).toBe(numTensors);
      trainer.dispose();
      const ofWords = tinyTrainer([distilled]);
      await expect(ofWords.guessHeldOut(pause)).rejects.toThrow('no rows');
      const { teacher, arms } = await ofWords.evaluate('sample', pause);
      for (const one of [teacher, arms.distilled]) expect(one).not.toHaveProperty('confusion');
      ofWords.dispose();
    });
  });
}
