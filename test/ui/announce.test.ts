import { describe, expect, it } from 'vitest';
import type { RunState } from '../../src/config/results';
import type { Notice } from '../../src/store/state';
import { type Heard, type Saying, sayingsBetween, withSayings } from '../../src/ui/announce';

const at = (
  step: number,
  state: RunState,
  phase: Heard['phase'] = 'ready',
  notices: Notice[] = [],
): Heard => ({
  phase,
  status: { state, step, steps: 300 },
  past: null,
  replaying: false,
  notices,
});
/** The same with a moment of the past on screen. */
const looking = (heard: Heard, step: number, replaying = false): Heard => ({
  ...heard,
  past: { step },
  replaying,
});
const words = (sayings: Saying[]) =>
  sayings.map((saying) => (saying.about === 'notice' ? saying.notice.tone : `${saying.key} ${saying.step}`));

/** Everything that is said over moments that follow each other. */
const heard = (moments: Heard[]) =>
  moments.slice(1).flatMap((now, i) => words(sayingsBetween(moments[i], now)));

describe('what is said', () => {
  it('of a whole run is that it starts and that it ends', () => {
    const steps = Array.from({ length: 299 }, (_, i) => at(i + 1, 'playing'));
    const run = [
      at(0, 'paused', 'opening'),
      at(0, 'paused'),
      at(0, 'playing'),
      ...steps,
      at(300, 'finished'),
    ];
    expect(heard(run)).toEqual(['ready 0', 'started 0', 'finished 300']);
  });

  it('is once that the past is shown, wherever one goes in it, and once that it is now again', () => {
    const now = at(200, 'paused');
    const drag = Array.from({ length: 50 }, (_, i) => looking(now, 150 - i));
    expect(heard([now, ...drag, now])).toEqual(['past 150', 'live 200']);
  });

  it('is of a film where it begins and where it ends, and of training what it would be', () => {
    const film = Array.from({ length: 50 }, (_, i) => looking(at(200 + i, 'playing'), i, true));
    const rest = looking(at(250, 'playing'), 49);
    const told = heard([at(200, 'playing'), ...film, rest, looking(at(251, 'paused'), 49)]);
    expect(told).toEqual(['past 0', 'past 49', 'paused 251']);
    // Another experiment says that it is ready, and no more.
    expect(heard([rest, at(0, 'paused', 'opening'), at(0, 'paused')])).toEqual(['ready 0']);
  });

  it('is that another stage begins, and not that the run goes back to one', () => {
    const inStage = (step: number, stage: number): Heard => {
      const heard = at(step, 'playing');
      return { ...heard, status: { ...heard.status, stage } };
    };
    const moments = [at(5, 'playing'), inStage(6, 1), inStage(7, 1), at(8, 'playing')];
    expect(heard(moments)).toEqual(['stage 6']);
  });

  it('is where it rests, and that it goes on', () => {
    expect(
      heard([at(5, 'playing'), at(6, 'playing'), at(6, 'paused'), at(6, 'playing'), at(7, 'paused')]),
    ).toEqual(['paused 6', 'goesOn 6', 'paused 7']);
  });

  it('is a single step, since somebody asked for it', () => {
    expect(heard([at(5, 'paused'), at(6, 'paused'), at(6, 'paused'), at(300, 'finished')])).toEqual([
      'stepped 6',
      'finished 300',
    ]);
  });

  it('is nothing while something opens, fails or is taken back', () => {
    expect(heard([at(5, 'paused'), at(0, 'paused', 'opening'), at(0, 'paused', 'failed')])).toEqual([]);
    expect(heard([at(5, 'paused'), at(3, 'paused')])).toEqual([]);
    expect(heard([at(5, 'playing', 'opening'), at(4, 'playing')])).toEqual(['goesOn 4']);
  });

  it('is every notice once, but for errors, which are alerts', () => {
    const notice = (id: number, tone: Notice['tone']): Notice => ({ id, tone });
    const first = [notice(1, 'info')];
    const then = [...first, notice(2, 'warning'), notice(3, 'error')];
    const moments = [[], first, first, then, then.slice(1), []].map((notices) =>
      at(5, 'playing', 'ready', notices),
    );
    expect(heard(moments)).toEqual(['info', 'warning']);
  });
});

it('what has been overtaken before it was said is not said', () => {
  const run = (key: 'started' | 'paused' | 'stepped', step: number): Saying => ({
    about: 'run',
    key,
    step,
    steps: 300,
    stage: 0,
  });
  const warning: Saying = { about: 'notice', notice: { id: 1, tone: 'warning' } };
  const waiting = withSayings([run('started', 0), warning], [run('paused', 2)]);
  expect(words(waiting)).toEqual(['warning', 'paused 2']);
  expect(words(withSayings(waiting, [run('stepped', 3), run('stepped', 4)]))).toEqual([
    'warning',
    'stepped 4',
  ]);
});
