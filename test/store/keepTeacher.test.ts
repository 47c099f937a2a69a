import { describe, expect, it } from 'vitest';
import { bundledTeachers } from '../../src/config/teachers';
import { keepTeacher } from '../../src/store/keepTeacher';

const shape = bundledTeachers['stories-4x32'];

/** Actions over a list of teachers, noting what was called. */
function actionsOver(fails: boolean) {
  const calls: string[] = [];
  const teachers = [{ id: 'old', name: 'Mine', created: 1, shape }];
  return {
    calls,
    pause: async () => void calls.push('pause'),
    listTeachers: async () => [...teachers],
    saveAsTeacher: async (arm: string, name: string) => {
      calls.push(`save ${arm}`);
      if (!fails) teachers.unshift({ id: 'new', name, created: 2, shape });
    },
  };
}

describe('keepTeacher', () => {
  it('pauses, keeps, and says which one was kept, though another has its name', async () => {
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
