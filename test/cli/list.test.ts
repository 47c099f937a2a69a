import { describe, expect, it } from 'vitest';
import { listing, listingWords } from '../../src/cli/list';
import { parseOptions } from '../../src/cli/options';
import { english } from '../../src/cli/words';
import { presetNames } from '../../src/config/presets';
import { bundledTaskIds, bundledTasks } from '../../src/config/tasks';
import { methodIds, termIds } from '../../src/methods/registry';

describe('--list', () => {
  it('needs no experiment', () => {
    expect(parseOptions(['--list'])).toEqual({ list: true, json: false });
    expect(parseOptions(['--json', '--list', '--preset', 'tiny'])).toEqual({ list: true, json: true });
  });

  it('names every preset and every method, each with a sentence', async () => {
    const { presets, methods } = listing(await english());
    expect(presets.map(({ name }) => name)).toEqual(presetNames);
    expect(methods.map(({ name }) => name)).toEqual(methodIds);
    for (const { about } of [...presets, ...methods]) expect(about).toMatch(/^\S.*[.?]$/);
    for (const { paper } of methods) expect(paper).toMatch(/^.+ \(\d{4}\)\. .+\. arXiv:\d{4}\.\d{4,5}$/);
  });

  it('names every task with its labels and its metric', async () => {
    const t = await english();
    const all = listing(t);
    expect(all.tasks.map(({ name }) => name)).toEqual(bundledTaskIds);
    for (const { labels, texts, metric, name } of all.tasks) {
      expect({ labels, texts, metric }).toEqual(bundledTasks[name]);
    }
    expect(listingWords(all, t)).toMatch(/acceptable +unacceptable, acceptable\. .+ Matthews’ correlation\./);
  });

  it('gives a method its own terms and those that it is used with, every term of some method', async () => {
    const { methods } = listing(await english());
    const termsOf = (name: string) => methods.find((method) => method.name === name)!.terms;
    expect(termsOf('hinton')).toEqual([
      { id: 'ce', symbol: 'L_ce', unit: 'nats' },
      { id: 'mlm', symbol: 'L_mlm', unit: 'nats' },
    ]);
    expect(termsOf('tinybert').map(({ id }) => id)).toEqual(['attn', 'embd', 'hidn', 'pred']);
    for (const { terms } of methods) expect(terms.length).toBeGreaterThan(0);
    const all = new Set(methods.flatMap(({ terms }) => terms.map(({ id }) => id)));
    expect([...all].sort()).toEqual([...termIds].sort());
  });

  it('is text with the ids that other options take', async () => {
    const t = await english();
    const words = listingWords(listing(t), t);
    for (const id of [...presetNames, ...methodIds, ...termIds]) expect(words).toContain(id);
    for (const line of words.split('\n')) expect(line).toBe(line.trimEnd());
  });
});
