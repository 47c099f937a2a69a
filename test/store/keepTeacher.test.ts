import { describe, expect, it } from 'vitest';
import { bundledTeachers } from '../../src/config/teachers';
import { keepTeacher } from '../../src/store/keepTeacher';

const shape = bundledTeachers['stories-4x32'];

/** Actions that note what was called. */
function actionsOver(fails: boolean) {
  const calls: string[] = [];
  return {
    calls,
    pause: async () => void calls.push('pause'),
    saveAsTeacher: async (arm: string, name: string) => {
      calls.push(`save ${arm}`);
      return fails ? null : { id: 'new', name, shape };
    },
  };
}

describe('keepTeacher', () => {
  it('pauses, keeps, and says which one was kept', async () => {
    const actions = actionsOver(false);
    expect(await keepTeacher(actions, 'continued', 'Mine')).toEqual({
      source: { kind: 'saved', id: 'new', name: 'Mine' },
      shape,
    });
    expect(actions.calls).toEqual(['pause', 'save continued']);
  });

  it('is null where nothing could be kept', async () => {
    expect(await keepTeacher(actionsOver(true), 'continued', 'Mine')).toBeNull();
  });
});
