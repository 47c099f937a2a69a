import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presets } from '../../src/config/presets';
import { StandingClock } from '../support/standingClock';
import { World } from './fakeWorld';

vi.mock('../../src/util/breathe', () => ({
  breathe: () => new Promise<void>((resolve) => setTimeout(resolve, 0)),
}));

const clock = new StandingClock();
beforeEach(() => clock.install());
afterEach(() => clock.remove());

const words = /diary|secret|lovesick/i;
const source = { kind: 'own', id: '0123456789abcdef', name: 'my diary.txt' } as const;

async function openedOwnText() {
  const world = new World();
  world.examples = ['My secret [MASK] is lovesick.'];
  await clock.pass(1000);
  world.state.actions.applyExperiment({ ...presets.tiny, text: source });
  await clock.pass(1000);
  expect(world.state.sentence).toMatch(words);
  return world;
}

describe('a link to an experiment on a text of one’s own', () => {
  it('holds no sentence of the text, nor its name, and neither does the address bar', async () => {
    const world = await openedOwnText();
    expect(decodeURIComponent(world.state.actions.shareLink())).not.toMatch(words);
    expect(decodeURIComponent(world.search)).not.toMatch(words);
    expect(world.search).toContain(source.id);
  });

  it('holds a sentence that was typed', async () => {
    const world = await openedOwnText();
    world.state.actions.setSentence('I typed [MASK] myself');
    expect(new URL(world.state.actions.shareLink()).searchParams.get('sentence')).toBe(
      'I typed [MASK] myself',
    );
  });

  it('opens the run again after a reload, though the address has no name', async () => {
    const world = await openedOwnText();
    world.state.actions.play();
    await clock.pass(1500);
    const { step } = world.state.status;
    world.reload();
    await clock.pass(1500);
    expect(world.state.status.step).toBe(step);
    expect(world.state.experiment.text).toEqual(source);
  });
});
