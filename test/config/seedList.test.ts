import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsForSeed, parseOptions } from '../../src/cli/options';
import { refusalWords } from '../../src/cli/words';
import { type Problem, ProblemError } from '../../src/config/problems';
import { readSeedList } from '../../src/config/seedList';

function problemIn(call: () => unknown): Problem | null {
  try {
    call();
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

const count = (n: number) => Array.from({ length: n }, (_, i) => i).join(',');

describe('--seeds', () => {
  it.each([
    ['1,2,3', [1, 2, 3]],
    ['7', [7]],
    [' 3, 1 ,2', [3, 1, 2]],
    ['4294967295,0', [4294967295, 0]],
    [count(50), Array.from({ length: 50 }, (_, i) => i)],
  ])('reads %s', (text, seeds) => {
    expect(readSeedList(text)).toEqual(seeds);
    expect(parseOptions(['--seeds', text])).toMatchObject({ seeds });
  });

  it.each([
    ['', { code: 'seedsEmpty' }],
    ['  ', { code: 'seedsEmpty' }],
    [',', { code: 'seedNotWhole', values: { seed: '' } }],
    ['1,,2', { code: 'seedNotWhole', values: { seed: '' } }],
    ['1,2,', { code: 'seedNotWhole', values: { seed: '' } }],
    ['1,two,3', { code: 'seedNotWhole', values: { seed: 'two' } }],
    ['1-3', { code: 'seedNotWhole', values: { seed: '1-3' } }],
    ['1 2', { code: 'seedNotWhole', values: { seed: '1 2' } }],
    ['1;2', { code: 'seedNotWhole', values: { seed: '1;2' } }],
    ['1,-2', { code: 'seedNotWhole', values: { seed: '-2' } }],
    ['1.5', { code: 'seedNotWhole', values: { seed: '1.5' } }],
    ['1e3', { code: 'seedNotWhole', values: { seed: '1e3' } }],
    ['4294967296', { code: 'seedNotWhole', values: { seed: '4294967296', most: 4294967295 } }],
    ['1,2,1', { code: 'seedRepeated', values: { seed: 1 } }],
    ['7,007', { code: 'seedRepeated', values: { seed: 7 } }],
    [count(51), { code: 'seedsTooMany', values: { seeds: 51, most: 50 } }],
  ])('refuses “%s”', (text, problem) => {
    expect(problemIn(() => parseOptions(['--seeds', text]))).toMatchObject(problem);
  });

  it('is not for use beside --seed', () => {
    expect(problemIn(() => parseOptions(['--seeds', '1,2', '--seed', '3']))).toEqual({
      code: 'seedAndSeeds',
    });
  });

  it('is refused in words that say what to write', async () => {
    const words = await refusalWords(new ProblemError('seedNotWhole', { seed: 'two', most: 4294967295 }));
    expect(words).toBe(
      '“two” is no seed. A seed is a whole number from 0 to 4294967295. Write several with commas between them, such as 1, 2, 3.',
    );
    expect(await refusalWords(new Error('--backend is wasm or cpu.'))).toBe('--backend is wasm or cpu.');
  });
});

describe('the arguments of one seed’s run', () => {
  it.each([
    [['--seeds', '1,2'], []],
    [['--seeds=1,2'], []],
    [
      ['--preset', 'tiny', '--seeds', '1,2', '--steps=5', '--json'],
      ['--preset', 'tiny', '--steps=5', '--json'],
    ],
    [
      ['--seeds', '3', '--backend', 'cpu', '--seeds', '1,2'],
      ['--backend', 'cpu'],
    ],
    [
      ['--link', '?preset=tiny', '--set', 'arms.0.temperature=4', '--seeds=1,2', '--set=training.steps=3'],
      ['--link', '?preset=tiny', '--set', 'arms.0.temperature=4', '--set=training.steps=3'],
    ],
  ])('are %j without the seeds', (args, others) => {
    expect(argumentsForSeed(args, 2)).toEqual(['--seed', '2', '--json', ...others]);
  });

  it('make the same experiment but for its seed', () => {
    const preset = fc.constantFrom('tiny', 'distilbert', 'tinybert');
    fc.assert(
      fc.property(
        preset,
        fc.integer({ min: 1, max: 1000 }),
        fc.nat(),
        fc.boolean(),
        (name, steps, seed, json) => {
          const args = [
            '--seeds',
            '5,6',
            '--steps',
            String(steps),
            ...(json ? ['--json'] : []),
            `--preset=${name}`,
            '--set',
            'training.seed=9',
            '--set=arms.1.weights.mlm=3',
          ];
          const whole = parseOptions(args);
          if (whole === 'help' || 'list' in whole) throw new Error('not asked for');
          const training = { ...whole.experiment.training, seed };
          expect(parseOptions(argumentsForSeed(args, seed))).toEqual({
            ...whole,
            experiment: { ...whole.experiment, training },
            json: true,
            seeds: undefined,
          });
        },
      ),
      { seed: 1 },
    );
  });
});
