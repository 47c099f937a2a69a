/** A folder as a zip. */
import { ProblemError } from '../../config/problems';
import { importAgain } from '../../util/importAgain';
import type { FolderFiles } from './modelFiles';

/** Weights hardly shrink, and are most of the bytes: they are stored as they are. */
const stored = /\.(safetensors|onnx)$/;

/**
 * @param folder its name within the zip
 * @param now time that its files bear, in milliseconds since 1970
 */
export type Zip = (folder: string, files: FolderFiles, now: number) => Blob;

/** What makes a zip, which loads when one is wanted. @throws ProblemError downloadUnreachable */
export async function loadZip(): Promise<Zip> {
  const { zipSync } = await importAgain(() => import('fflate')).catch((cause) => {
    throw new ProblemError('downloadUnreachable', { file: 'fflate' }, { cause });
  });
  return (folder, files, now) => {
    const entries = [...files].map(([path, bytes]) => {
      const options = { level: stored.test(path) ? 0 : 6, mtime: now } as const;
      return [`${folder}/${path}`, [bytes, options] as [Uint8Array, typeof options]] as const;
    });
    // Its types say nothing of the buffer, which is a plain one.
    const bytes = zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>;
    return new Blob([bytes], { type: 'application/zip' });
  };
}
