import { beforeAll, describe, expect, it } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import type { TermId } from '../../src/methods/registry';
import { updateKinds } from '../../src/optim/adamw';
import { setUpBackend } from '../support/backends';
import { deeper, tinyTrainer, trained } from './tinyExperiment';

const vectors = ['query', 'key', 'value'] as const;
const weightOf = (layer: number, part: string) => `bert.encoder.layer.${layer}.attention.self.${part}.weight`;

/** Of queries, keys and values in a layer those that some updates under strong decay have moved. */
async function moved(term: TermId): Promise<string[][]> {
  const arm: Arm = { ...deeper, weights: { [term]: 1 } };
  const trainer = tinyTrainer([arm], { weightDecay: 0.5, warmup: 0 });
  const { parameters: before } = (await trainer.takeSnapshot()).arms[arm.id];
  await trained(trainer, 3);
  const { parameters: after } = (await trainer.takeSnapshot()).arms[arm.id];
  trainer.dispose();
  return [0, 1].map((layer) =>
    vectors.filter((part) => {
      const name = weightOf(layer, part);
      return String(before[name]) !== String(after[name]);
    }),
  );
}

describe('the last layer of a student', () => {
  beforeAll(() => setUpBackend('wasm'));

  const all = [...vectors];
  it.each([
    ['ce', all],
    ['attn', ['query', 'key']],
    ['attnKl', ['query', 'key']],
    ['valueKl', ['value']],
    ['relQ', ['query']],
    ['relK', ['key']],
    ['relV', ['value']],
    ['patient', []],
  ] as const)('is moved by %s, and decayed, where that reaches it: %j', async (term, parts) => {
    expect(await moved(term as TermId)).toEqual([all, parts]);
  });
});

it('a block of two parameters is updated for either, and decayed by its own', () => {
  const spans = [
    { name: 'a.weight', from: 0, to: 80 },
    { name: 'b.weight', from: 80, to: 160 },
    { name: 'b.bias', from: 192, to: 200 },
  ];
  const kinds = (...names: string[]) => [...updateKinds(spans, 256, ({ name }) => names.includes(name))];
  expect(kinds('a.weight')).toEqual([2, 2, 0, 0]);
  expect(kinds('b.weight', 'b.bias')).toEqual([0, 2, 2, 1]);
});
