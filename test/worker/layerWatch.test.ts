import { beforeEach, describe, expect, it } from 'vitest';
import { type LikenessPoint, likenessShare } from '../../src/config/likeness';
import type { Emit } from '../../src/protocol/port';
import { LayerWatch } from '../../src/worker/layerWatch';

let time: number;
let told: LikenessPoint[];
let asked: string[];
let watch: LayerWatch;

const pause = async () => {};
/** Comparing takes 300 ms. */
const courseAt = (step: number, stage = 0) => ({
  step,
  stage,
  compareLayers: async (of: 'now' | 'start', between: () => Promise<void>) => {
    asked.push(of);
    time += 300;
    await between();
    return { sequences: 2, tokens: 30, arms: {} };
  },
});

beforeEach(() => {
  time = 0;
  told = [];
  asked = [];
  const emit = ((_: string, { point }: { point: LikenessPoint }) => told.push(point)) as unknown as Emit;
  watch = new LayerWatch(emit, () => time);
});

describe('looking at layers', () => {
  it('costs nothing where nobody looks', async () => {
    expect(watch.isDue).toBe(false);
    await watch.tell(courseAt(4), pause);
    watch.watch(true);
    watch.watch(false);
    await watch.tell(courseAt(5), pause);
    expect([told, asked]).toEqual([[], []]);
  });

  it('tells what students were at step 0 first, once', async () => {
    watch.watch(true);
    await watch.tell(courseAt(7), pause);
    await watch.tell(courseAt(9), pause);
    expect(told.map(({ step, took }) => [step, took])).toEqual([
      [0, 300],
      [7, 300],
      [9, 300],
    ]);
    expect(asked).toEqual(['start', 'now', 'now']);
  });

  it('needs no second look at step 0, and has none of a later stage', async () => {
    watch.watch(true);
    await watch.tell(courseAt(0), pause);
    await watch.tell(courseAt(3), pause);
    await watch.tell(courseAt(40, 1), pause);
    expect(asked).toEqual(['now', 'now', 'now']);
    expect(told[2]).toMatchObject({ step: 40, stage: 1 });
    expect(told[1]).not.toHaveProperty('stage');
  });

  it('takes no more than its share of the time, but comes at once where it is asked for', async () => {
    watch.watch(true);
    expect(watch.isDue).toBe(true);
    await watch.tell(courseAt(0), pause);
    const end = time;
    time = end + 300 * (1 / likenessShare - 1) - 1;
    expect(watch.isDue).toBe(false);
    time += 1;
    expect(watch.isDue).toBe(true);
    await watch.tell(courseAt(2), pause);
    expect(watch.isDue).toBe(false);
    watch.watch(true);
    expect(watch.isDue).toBe(true);
  });

  it('asks again for step 0 where it was ended before that came', async () => {
    watch.watch(true);
    const ended = watch.tell(courseAt(5), () => Promise.reject(new Error('interrupted')));
    await expect(ended).rejects.toThrow('interrupted');
    await watch.tell(courseAt(6), pause);
    expect(asked).toEqual(['start', 'start', 'now']);
  });
});
