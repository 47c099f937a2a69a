import { beforeEach, describe, expect, test, vi } from 'vitest';
import { presets } from '../../src/config/presets';
import { ProblemError } from '../../src/config/problems';
import { textsOf } from '../../src/data/ownText';
import { loadText, saveText } from '../../src/storage/texts';
import { OwnRowsFiles } from '../../src/worker/ownRows';
import { OwnVectors } from '../../src/worker/ownVectors';
import { SourceLoader } from '../../src/worker/sources';
import { englishText } from '../support/texts';

vi.mock('../../src/storage/texts', () => ({ saveText: vi.fn(), loadText: vi.fn() }));
const stored = vi.mocked(saveText);

const bytes = new TextEncoder().encode(englishText()).buffer;
const text = { id: '0123456789abcdef', name: 'village.txt', bytes, texts: textsOf(englishText()) };
const own = (vocabularySize = 256) => ({
  ...presets.tiny,
  text: { kind: 'own' as const, id: text.id, name: text.name },
  teacher: { kind: 'none' as const, vocabularySize },
});

function started() {
  const emit = vi.fn();
  return {
    emit,
    loader: new SourceLoader(emit, {
      rows: new OwnRowsFiles(emit),
      vectors: new OwnVectors(emit, async () => []),
    }),
  };
}

beforeEach(() => {
  stored.mockReset().mockResolvedValue(undefined);
  vi.mocked(loadText).mockReset().mockResolvedValue(null);
});

describe('a text that was imported', () => {
  test('is not stored before an experiment uses it, and then once', async () => {
    const { loader } = started();
    loader.rememberText(text);
    expect(stored).not.toHaveBeenCalled();
    const { facts } = await loader.load(own() as never, 0, { baseUrl: 'https://example.test/' });
    expect(facts.texts).toBe(80);
    expect(stored).toHaveBeenCalledExactlyOnceWith({ id: text.id, name: text.name, bytes });
    await loader.load(own(300) as never, 0, { baseUrl: 'https://example.test/' });
    expect(stored).toHaveBeenCalledTimes(1);
  });

  test('is used where it can’t be stored, and that is told', async () => {
    const { loader, emit } = started();
    stored.mockRejectedValue(new ProblemError('storageFull'));
    loader.rememberText(text);
    expect((await loader.load(own() as never, 0, { baseUrl: 'https://example.test/' })).facts.texts).toBe(80);
    await Promise.resolve();
    expect(emit).toHaveBeenCalledWith('notSaved', { problem: { code: 'storageFull', values: undefined } });
  });

  test('one that is neither here nor kept is missed by name', async () => {
    const { loader } = started();
    await expect(loader.load(own() as never, 0, { baseUrl: 'https://example.test/' })).rejects.toMatchObject({
      problem: { code: 'textMissing', values: { name: 'village.txt' } },
    });
  });

  test('loading can be called off', async () => {
    const { loader } = started();
    loader.rememberText(text);
    const controller = new AbortController();
    const loading = loader.load(own() as never, 0, {
      baseUrl: 'https://example.test/',
      signal: controller.signal,
    });
    controller.abort();
    await expect(loading).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  });
});
