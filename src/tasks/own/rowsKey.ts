/** The key under which a person's rows are kept, and which an experiment names. */
import type { RowsReading } from '../../config/rowsPreview';
import { hashingText, textId } from '../../data/textName';
import type { Slices } from '../../data/work';

/** 16 hex digits, of the file's bytes and of how they are read. */
export function* rowsKey(bytes: Uint8Array, { layout, columns }: RowsReading): Slices<string> {
  const content = yield* hashingText(bytes);
  const { header, label, a, b } = columns;
  const reading = [content, layout.format, layout.quotes, header, label, a, b];
  return textId(new TextEncoder().encode(JSON.stringify(reading)));
}
