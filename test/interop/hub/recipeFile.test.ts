import { expect, it } from 'vitest';
import type { Experiment } from '../../../src/config/experiment';
import { presets } from '../../../src/config/presets';
import { upgrade } from '../../../src/config/upgrade';
import { recipeFile } from '../../../src/interop/hub/recipeFile';

it('is the experiment, as the command line reads it', () => {
  for (const preset of Object.values(presets)) {
    expect(upgrade(JSON.parse(recipeFile(preset)))).toEqual(preset);
  }
});

it('does not say what a person called what is theirs', () => {
  const { tiny } = presets;
  const own: Experiment = {
    ...tiny,
    text: { kind: 'own', id: '0123456789abcdef', name: 'diary.txt' },
    teacher: { kind: 'saved', id: 'mine', name: 'Grandma' },
    later: [
      {
        text: { kind: 'rows', id: 'fedcba9876543210', name: 'patients.tsv', labels: 2 },
        training: tiny.training,
      },
    ],
    arms: tiny.arms.map((arm) => {
      const { id: _id, student: _student, initialisation: _start, ...plan } = arm;
      return { ...arm, later: [plan] };
    }),
  };
  const file = recipeFile(own);
  expect(file).not.toMatch(/diary|Grandma|patients/);
  expect(upgrade(JSON.parse(file))).toMatchObject({
    text: { kind: 'own', id: '0123456789abcdef' },
    teacher: { kind: 'saved', id: 'mine' },
  });
});
