/** What a task holds out gets into nothing that anybody learns from, as the page loads it. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Experiment, TeacherSource } from '../../src/config/experiment';
import { presets } from '../../src/config/presets';
import { textKey } from '../../src/data/textKey';
import { finish } from '../../src/data/work';
import { OwnRows } from '../../src/tasks/own/ownRows';
import type { LabelledData, LabelledRow } from '../../src/tasks/rows';
import { OwnVectors } from '../../src/worker/ownVectors';
import { SourceLoader, type Sources } from '../../src/worker/sources';
import { setUpBackend } from '../support/backends';

vi.mock('../../src/storage/taskTeachers', () => ({
  loadTaskTeacher: vi.fn().mockResolvedValue(null),
  saveTaskTeacher: vi.fn().mockResolvedValue(undefined),
}));

const publicFolder = new URL('../../public/', import.meta.url);
const baseUrl = 'http://localhost/';
beforeEach(() => {
  vi.stubGlobal('fetch', async (url: string | URL) => {
    const file = new URL(new URL(String(url)).pathname.slice(1), publicFolder);
    return new Response(Uint8Array.from(readFileSync(file)));
  });
});
afterEach(() => vi.unstubAllGlobals());

/** A person's own rows; a word that few of them have is in the held-out ones alone. */
const animals = 'dog cat bird horse fish cow hen mouse frog bear fox goat pig duck rabbit'.split(' ');
const ownRows: LabelledData = (() => {
  const row = (i: number) =>
    `${i % 2 ? 'good' : 'bad'}\tThe ${animals[i % 15]} ${i % 2 ? 'ate' : 'lost'} ${i} apples`;
  const bytes = new TextEncoder().encode(
    `label\ttext\n${Array.from({ length: 60 }, (_, i) => row(i)).join('\n')}`,
  );
  const data = finishRows(bytes);
  const marked = ({ label, a }: LabelledRow) => ({ label, a: `${a} zyzzq zyzzq zyzzq` });
  return { ...data, heldOut: data.heldOut.map(marked) };
})();

function finishRows(bytes: Uint8Array): LabelledData {
  const rows = finish(OwnRows.opening(bytes));
  finish(rows.previewing());
  return rows.data!;
}

async function load(changes: Partial<Experiment>, teacher: TeacherSource): Promise<Sources> {
  const emit = vi.fn();
  const rows = { load: async () => ownRows };
  const loader = new SourceLoader(emit, { rows, vectors: new OwnVectors(emit, async () => []) });
  const { text: _, ...tiny } = presets.tiny;
  const text = { kind: 'rows', id: '0123456789abcdef', name: 'mine.tsv', labels: 2 } as const;
  return loader.load({ ...tiny, text, ...changes, teacher }, 0, { baseUrl });
}

/** The sequences of batches, without padding. */
const sequences = (batches: Iterable<{ inputIds: Int32Array; sequenceLength: number }>) =>
  [...batches].flatMap(({ inputIds, sequenceLength: length }) =>
    Array.from({ length: inputIds.length / length }, (_, row) =>
      [...inputIds.subarray(row * length, (row + 1) * length)].filter((id) => id !== 0).join(' '),
    ),
  );

/** Every sequence that an epoch trains on. */
function trained({ batches }: Sources, training: Experiment['training']): string[] {
  const steps = Math.ceil(batches.epochLength / training.batchSize);
  return sequences(Array.from({ length: steps }, (_, step) => batches.train(training, step, 0)));
}

function expectApart(sources: Sources, training = presets.tiny.training) {
  const asked = sequences(sources.batches.heldOut(training, 1_000));
  const learned = trained(sources, training);
  expect(asked.length).toBeGreaterThanOrEqual(sources.task!.data.heldOut.length);
  expect(new Set(learned).size).toBeGreaterThan(asked.length);
  const known = new Set(learned);
  expect(asked.filter((sequence) => known.has(sequence))).toEqual([]);
}

const keysOf = ({ a, b }: { a: string; b?: string }) => [a, ...(b === undefined ? [] : [b])].map(textKey);

function expectNoVariantHeldOut({ task }: Sources) {
  const heldOut = new Set(task!.data.heldOut.flatMap(keysOf));
  const variants = task!.augmented!.rows;
  expect(variants.length).toBeGreaterThan(10);
  expect(variants.flatMap(keysOf).filter((key) => heldOut.has(key))).toEqual([]);
}

const bundled: TeacherSource = { kind: 'bundled', id: 'stories-4x32' };
const none: TeacherSource = { kind: 'none', vocabularySize: 256 };

describe('held-out rows', () => {
  test('of one’s own get into no batch, and their words not into the tokenizer', async () => {
    const sources = await load({}, none);
    expectApart(sources);
    const pieces = sources.tokenizer.vocabulary.join(' ');
    expect(pieces).toContain('apples');
    expect(pieces).not.toMatch(/zy|yz|zq/);
  });

  test('of one’s own get into no variant', { timeout: 120_000 }, async () => {
    await setUpBackend('wasm');
    const sources = await load({ augmentation: { tries: 3 } }, bundled);
    expectNoVariantHeldOut(sources);
    expectApart(sources);
  });

  test.each(['feelings', 'same', 'acceptable'] as const)('of %s get into no batch', async (id) => {
    expectApart(await load({ text: { kind: 'task', id } }, bundled));
  });

  test('of a bundled task give the tokenizer nothing', async () => {
    const { tokenizer, task } = await load({ text: { kind: 'task', id: 'topics' } }, none);
    const words = (rows: LabelledRow[]) => new Set(rows.flatMap(keysOf).flatMap((key) => key.split(' ')));
    const learned = words(task!.data.train);
    const alone = [...words(task!.data.heldOut)].filter((word) => word.length > 3 && !learned.has(word));
    expect(alone.length).toBeGreaterThan(10);
    const text = [...learned].join(' ');
    // A piece of a word that only held-out rows have must come from words of the others.
    for (const piece of tokenizer.vocabulary.slice(5)) {
      const letters = piece.replace(/^##/, '');
      if (/^\p{L}+$/u.test(letters)) expect(text).toContain(letters);
    }
  });
});

describe('a text before a task', () => {
  test('shows no sentence that the task holds out', async () => {
    const emit = vi.fn();
    const rows = { load: async () => ownRows };
    const loader = new SourceLoader(emit, { rows, vectors: new OwnVectors(emit, async () => []) });
    const secret = ownRows.heldOut.map(({ a }) => a);
    expect(secret.length).toBeGreaterThan(8);
    // Alone, among others on one line, and in other letters.
    const texts = [
      ...Array.from({ length: 80 }, (_, i) => `The ${animals[i % 15]} saw ${i} apples. It was day ${i}.`),
      ...secret,
      ...secret.map((sentence, i) => `Day ${i} came. ${sentence.toUpperCase()}! Then it went.`),
    ];
    const bytes = new ArrayBuffer(0);
    loader.rememberText({ id: 'fedcba9876543210', name: 'mine.txt', bytes, texts });
    const { tiny } = presets;
    const task = { kind: 'rows', id: '0123456789abcdef', name: 'mine.tsv', labels: 2 } as const;
    const experiment: Experiment = {
      ...tiny,
      text: { kind: 'own', id: 'fedcba9876543210', name: 'mine.txt' },
      teacher: { kind: 'none', vocabularySize: 300 },
      later: [{ text: task, training: tiny.training }],
    };
    const alone = await loader.load({ ...experiment, later: undefined }, 0, { baseUrl });
    const before = await loader.load(experiment, 0, { baseUrl });
    const knows = ({ tokenizer }: Sources) => tokenizer.vocabulary.some((piece) => piece.includes('zyz'));
    // Where no task holds them out they are read, so that this search finds something.
    expect([knows(alone), knows(before)]).toEqual([true, false]);
    expect(before.whole!.words).toBeLessThan(alone.whole!.words);
    // Every other text keeps its place.
    expect(before.facts.texts).toBe(alone.facts.texts);
  });
});
