import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { createTokenizer } from '../../src/data/tokenizer';
import type { ImportedText } from '../../src/worker/ownTexts';
import { TextImports } from '../../src/worker/textImport';
import { englishText } from '../support/texts';

const file = new URL('../../public/teachers/stories-4x32/tokenizer.json', import.meta.url);
const tokenizer = createTokenizer(JSON.parse(readFileSync(file, 'utf8')));
const context = { tokenizer, sequenceLength: 32 };
const bytesOf = (text: string) => new TextEncoder().encode(text).buffer;

function started() {
  const emitted: { loaded: number; total: number }[] = [];
  const remembered: ImportedText[] = [];
  const imports = new TextImports(
    (event, payload) => event === 'importing' && emitted.push(payload as (typeof emitted)[0]),
    (text) => remembered.push(text),
  );
  return { imports, emitted, remembered };
}
/** Half a megabyte of lines that differ. */
const longText = () =>
  Array.from({ length: 12_000 }, (_, i) => `${englishText().split('\n')[i % 80]} And once more, ${i}.`).join(
    '\n',
  );

describe('TextImports', () => {
  test('a text is counted and remembered', async () => {
    const { imports, remembered } = started();
    const { source, facts } = await imports.import(
      { name: 'village.txt', bytes: bytesOf(englishText()) },
      context,
    );
    expect(source).toEqual({ kind: 'own', id: remembered[0].id, name: 'village.txt' });
    expect(facts).toMatchObject({ texts: 80, leftOut: { repeated: 0, controls: 0 } });
    expect(remembered[0].texts).toHaveLength(80);
  });

  test('without an open experiment there is nothing to count with', async () => {
    const { imports } = started();
    expect((await imports.import({ name: 'a', bytes: bytesOf(englishText()) }, null)).facts).toBeNull();
  });

  test('a second import ends the first, and tells how far it is', async () => {
    const { imports, emitted, remembered } = started();
    const first = imports.import({ name: 'first', bytes: bytesOf(longText()) }, context);
    const refused = expect(first).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    const { source } = await imports.import({ name: 'second', bytes: bytesOf(longText()) }, context);
    await refused;
    expect(source).toMatchObject({ name: 'second' });
    expect(remembered).toHaveLength(1);
    expect(emitted.length).toBeGreaterThan(0);
    expect(emitted.every(({ loaded, total }) => loaded >= 0 && loaded <= total)).toBe(true);
  });

  test('it can be called off', async () => {
    const { imports, remembered } = started();
    const importing = imports.import({ name: 'a', bytes: bytesOf(longText()) }, context);
    imports.cancel();
    await expect(importing).rejects.toMatchObject({ problem: { code: 'cancelled' } });
    expect(remembered).toEqual([]);
  });

  test('others get the thread meanwhile', async () => {
    const { imports } = started();
    let turns = 0;
    let done = false;
    const importing = imports.import({ name: 'a', bytes: bytesOf(longText()) }, context).then(() => {
      done = true;
    });
    while (!done) {
      await new Promise((resolve) => setTimeout(resolve));
      turns += 1;
    }
    await importing;
    expect(turns).toBeGreaterThan(5);
  });

  test('a text that the tokenizer can’t spell is lost to the last character', async () => {
    const { imports } = started();
    const words = ['แมวชอบปลา', 'เด็กกินข้าว', 'ครูอ่านหนังสือ', 'ฉันเห็นบ้าน'];
    const lines = Array.from({ length: 40 }, (_, i) => words[i % 4] + words[(i + 1) % 4] + 'ก'.repeat(1 + i));
    const { facts } = await imports.import({ name: 'thai', bytes: bytesOf(lines.join('\n')) }, context);
    expect(facts?.unknownShare).toBe(1);
  });

  test('a text that repeats itself is refused in these words', async () => {
    const { imports } = started();
    const bytes = bytesOf('The same line as always.\n'.repeat(60));
    await expect(imports.import({ name: 'a', bytes }, context)).rejects.toMatchObject({
      problem: { code: 'textRepeats', values: { texts: 60, repeated: 59 } },
    });
  });
});

vi.setConfig({ testTimeout: 30_000 });
