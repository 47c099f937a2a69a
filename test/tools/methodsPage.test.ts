import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '../../src/cli/words';
import { methodIds, methodOf } from '../../src/methods/registry';
import { methodsPage } from '../../tools/docs/methodsPage';
import { fitsUsual, misfitsOf } from '../../tools/docs/misfits';

describe('docs/methods.md', () => {
  it('is what npm run docs writes', async () => {
    const written = readFileSync(new URL('../../docs/methods.md', import.meta.url), 'utf8');
    expect(written, 'docs/methods.md is not up to date: npm run docs').toBe(methodsPage(await english()));
  });

  it.each(methodIds)('says when %s does not fit beside a pair that it fits', (id) => {
    expect(fitsUsual(methodOf(id))).toBe(true);
  });

  it('names what every refusal of a pair comes from', () => {
    const refusing = methodIds.filter((id) => {
      const { terms, replacement } = methodOf(id);
      return replacement || Object.values(terms).some(({ misfit }) => misfit);
    });
    for (const id of refusing) expect(misfitsOf(methodOf(id)), id).not.toEqual([]);
    expect(misfitsOf(methodOf('distilbert'))).toEqual([{ what: 'another width', terms: ['cos'] }]);
    expect(misfitsOf(methodOf('dkd'))).toEqual([{ what: 'a vocabulary of two words', terms: [] }]);
    expect(misfitsOf(methodOf('hinton'))).toEqual([]);
  });

  it('breaks no table by a bar of a formula', async () => {
    const tables = methodsPage(await english())
      .split('\n')
      .filter((line) => line.startsWith('|'));
    expect(tables.length).toBeGreaterThan(methodIds.length);
    const columns = tables.map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(Math.min(...columns)).toBeGreaterThanOrEqual(5);
    for (const line of tables) expect(line).not.toContain('undefined');
  });
});
