import { describe, expect, test } from 'vitest';
import { finish, part, type Slices, Work } from '../../src/data/work';

/** A clock that goes on by what each slice takes. */
function clocked(slices: number, took: number) {
  const clock = { now: 0, breaths: 0 };
  function* work(): Slices<string> {
    for (let i = 1; i <= slices; i++) {
      clock.now += took;
      yield i / slices;
    }
    return 'done';
  }
  const pacing = {
    now: () => clock.now,
    breathe: async () => {
      clock.breaths += 1;
    },
  };
  return { clock, work, pacing };
}

describe('Work', () => {
  test('breathes whenever 12 ms have passed, and not more often', async () => {
    const { clock, work, pacing } = clocked(240, 1);
    expect(await new Work(pacing).run(work())).toBe('done');
    expect(clock.breaths).toBe(20);
  });

  test('tells how far it is at most ten times a second', async () => {
    const told: number[] = [];
    const { work, pacing } = clocked(2000, 1);
    await new Work({ ...pacing, onProgress: (share) => told.push(share) }).run(work());
    expect(told.length).toBeGreaterThan(15);
    expect(told.length).toBeLessThanOrEqual(20);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  test('ends at the next breath when it is cancelled', async () => {
    const controller = new AbortController();
    const { clock, work, pacing } = clocked(1000, 1);
    const breathe = async () => {
      clock.breaths += 1;
      if (clock.breaths === 3) controller.abort();
    };
    const running = new Work({ ...pacing, breathe, signal: controller.signal }).run(work());
    await expect(running).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(clock.now).toBe(36);
  });
});

test('a part has its share of the whole', () => {
  const { work } = clocked(4, 1);
  expect([...part(work(), 0.5, 1)]).toEqual([0.625, 0.75, 0.875, 1]);
  expect(finish(part(work(), 0, 0.5))).toBe('done');
});
