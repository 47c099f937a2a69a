import { expect, it } from 'vitest';
import { problemOfDeath } from '../../src/store/workerDeath';

const thrown = Object.assign(new Event('error'), { message: 'Uncaught Error: out of thin air' });

it('tells a script that did not arrive from an error, and either from the end of a run', () => {
  expect(problemOfDeath(new Event('error'), false, 0)).toEqual({ code: 'workerNotLoaded' });
  expect(problemOfDeath(Object.assign(new Event('error'), { message: '' }), false, 0)).toEqual({
    code: 'workerNotLoaded',
  });
  expect(problemOfDeath(thrown, false, 0)).toEqual({
    code: 'unexpected',
    values: { message: 'Uncaught Error: out of thin air' },
  });
  expect(problemOfDeath(thrown, true, 12)).toEqual({ code: 'workerDied', values: { step: 12 } });
});
