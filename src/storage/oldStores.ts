/**
 * What versions 1 and 2 of the database kept, moved to where later ones look. One transaction for each thing, so that
 * one that can't be read (browsers do lose the files behind large values) keeps no other from being moved.
 */
import { type ArmState, bytesOf, sumState } from './armState';
import type { Database } from './schema';

export async function moveOld(database: Database): Promise<void> {
  await each(database, 'texts', async (id) => {
    const transaction = database.transaction(['texts', 'textCards', 'textBytes'], 'readwrite');
    const text = await transaction.objectStore('texts').get(id);
    if (text) {
      const { name, bytes } = text;
      const card = { id, name, bytes: bytes.byteLength, savedAt: 0 };
      await Promise.all([
        transaction.objectStore('textCards').put(card),
        transaction.objectStore('textBytes').put(bytes, id),
        transaction.objectStore('texts').delete(id),
      ]);
    }
    await transaction.done;
  });
  await each(database, 'teachers', async (id) => {
    const transaction = database.transaction(['teachers', 'teacherCards', 'teacherFiles'], 'readwrite');
    const teacher = await transaction.objectStore('teachers').get(id);
    if (teacher) {
      const { name, shape, created, config, tokenizer, weights } = teacher;
      const card = { id, name, shape, created, bytes: weights.byteLength };
      await Promise.all([
        transaction.objectStore('teacherCards').put(card),
        transaction.objectStore('teacherFiles').put({ config, tokenizer, weights }, id),
        transaction.objectStore('teachers').delete(id),
      ]);
    }
    await transaction.done;
  });
  await each(database, 'runs', async (id) => {
    const transaction = database.transaction(['runs', 'records', 'states'], 'readwrite');
    const run = await transaction.objectStore('runs').get(id);
    if (run) {
      const { record, states } = takenApart(run);
      await Promise.all([
        transaction.objectStore('records').put(record, id),
        ...states.map(([arm, state]) => transaction.objectStore('states').put(state, [id, state.step, arm])),
        transaction.objectStore('runs').delete(id),
      ]);
    }
    await transaction.done;
  });
}

async function each(
  database: Database,
  store: 'texts' | 'teachers' | 'runs',
  move: (key: string) => Promise<void>,
) {
  for (const key of await database.getAllKeys(store)) await move(key).catch(() => {});
}

/** The record of an old run and its states, as far as it has any; whoever loads it looks whether it can be believed. */
function takenApart(run: object) {
  const { arms, ...record } = run as { step?: number; arms?: Record<string, ArmState> };
  const { step } = record;
  try {
    const states = Object.entries(arms ?? {}).map(([arm, { parameters, moments }]) => {
      const state = { parameters, moments: { first: moments.first, second: moments.second } };
      return { arm, state: { ...state, step: step!, checksum: sumState(state, step!).checksum } };
    });
    const bytes = states.reduce((sum, { state }) => sum + bytesOf(state), 0);
    // No key of a state is made of what is no number.
    if (!Number.isFinite(step)) return { record, states: [] };
    return {
      record: { ...record, bytes },
      states: states.map(({ arm, state }) => [arm, state] as const),
    };
  } catch {
    // What has no states in it, or others than were ever written.
    return { record, states: [] };
  }
}
