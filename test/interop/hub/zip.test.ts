import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { modelFiles } from '../../../src/interop/hub/modelFiles';
import { loadZip } from '../../../src/interop/hub/zip';
import { modelOf } from '../../golden/hub';

it('holds one folder with the files as they are, the weights uncompressed', async () => {
  const files = modelFiles(modelOf('DistilBERT for words of other scripts'));
  const zip = await loadZip();
  const file = zip('stillroom-student', files, Date.UTC(2026, 0, 2));
  expect(file.type).toBe('application/zip');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = unzipSync(bytes);
  expect(Object.keys(found)).toEqual([...files.keys()].map((path) => `stillroom-student/${path}`));
  for (const [path, content] of files) expect(found[`stillroom-student/${path}`]).toEqual(content);
  const compressions: Record<string, number> = {};
  unzipSync(bytes, {
    filter: ({ name, compression }) => {
      compressions[name.split('/')[1]] = compression;
      return false;
    },
  });
  expect(compressions).toMatchObject({ 'model.safetensors': 0, 'tokenizer.json': 8 });
  // The same run, saved at the same moment, is the same file.
  expect(new Uint8Array(await zip('stillroom-student', files, Date.UTC(2026, 0, 2)).arrayBuffer())).toEqual(
    bytes,
  );
});
