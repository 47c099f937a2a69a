import { describe, expect, it } from 'vitest';
import { besideShare } from '../../src/protocol/background';
import { Pacer } from '../../src/worker/pacer';

/** A clock that stands still but where work is done or rest is taken. */
function clock() {
  let now = 0;
  let worked = 0;
  let breaths = 0;
  let wake = () => {};
  const parts = {
    now: () => now,
    breathe: async () => {
      breaths += 1;
    },
    nap: async (milliseconds: number) => {
      now += milliseconds;
    },
    wake: () => wake(),
  };
  return {
    parts,
    work: (milliseconds: number) => {
      now += milliseconds;
      worked += milliseconds;
    },
    onWake: (then: () => void) => {
      wake = then;
    },
    get now() {
      return now;
    },
    get worked() {
      return worked;
    },
    get breaths() {
      return breaths;
    },
  };
}

describe('Pacer', () => {
  it('takes its share of the time beside the run on screen, whatever pieces the work comes in', async () => {
    const time = clock();
    const pacer = new Pacer('beside', time.parts);
    await pacer.begin();
    const start = time.now;
    for (const piece of [3, 50, 7, 400, 1, 1, 20]) {
      time.work(piece);
      await pacer.turn();
    }
    expect(time.worked / (time.now - start)).toBeCloseTo(besideShare, 10);
    // What the screen keeps at worst is above what is promised.
    expect(1 - besideShare).toBeGreaterThan(0.85);
  });

  it('rests until it is let go on', async () => {
    const pacer = new Pacer('full', clock().parts);
    await pacer.begin();
    pacer.set('rest');
    let went = false;
    const turn = pacer.turn().then(() => {
      went = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(went).toBe(false);
    pacer.set('full');
    await turn;
    expect(went).toBe(true);
    // Once more, so that a second rest is none that ended long ago.
    pacer.set('rest');
    const again = pacer.turn();
    pacer.set('beside');
    await again;
  });

  it('hears messages now and then at full speed, and rests from no work that went before', async () => {
    const time = clock();
    const pacer = new Pacer('full', time.parts);
    await pacer.begin();
    for (let i = 0; i < 100; i++) {
      time.work(1);
      await pacer.turn();
    }
    expect(time.breaths).toBe(5);
    expect(time.now).toBe(100);
    time.work(60_000);
    pacer.set('beside');
    await pacer.begin();
    expect(time.now).toBe(60_100);
  });

  it('ends a rest at once where it may go on at full speed', () => {
    const time = clock();
    let woken = 0;
    time.onWake(() => {
      woken += 1;
    });
    new Pacer('beside', time.parts).set('full');
    expect(woken).toBe(1);
  });
});
