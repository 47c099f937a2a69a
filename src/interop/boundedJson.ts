/** JSON from a stranger's file: its size and number of values are known before anything is made of it. */
import { ProblemError } from '../config/problems';

/** A vocabulary of 262,144 tokens has as many values; a nested list of nothing would cost forty times its bytes. */
const most = { bytes: 16_777_216, values: 600_000, depth: 32 };

/**
 * @param file the name that a problem says
 * @throws ProblemError weightsMalformed
 */
export function boundedJson(file: string, bytes: Uint8Array): unknown {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new ProblemError('weightsMalformed', { file, reason }, { cause });
  };
  if (bytes.length > most.bytes) refuse(`it has ${bytes.length} bytes`);
  const { values, depth } = measure(bytes);
  if (values > most.values) refuse(`it has ${values} values`);
  if (depth > most.depth) refuse(`it is nested ${depth} deep`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    return refuse('it is no JSON', cause);
  }
}

const [quote, backslash, comma, brace, closingBrace, bracket, closingBracket] = [...'"\\,{}[]'].map(
  (character) => character.charCodeAt(0),
);

/** Values and the deepest nesting, counted in the bytes of its text. */
function measure(bytes: Uint8Array): { values: number; depth: number } {
  let values = 1;
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inString) {
      if (byte === backslash) i++;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === comma) {
      values += 1;
    } else if (byte === brace || byte === bracket) {
      values += 1;
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === closingBrace || byte === closingBracket) {
      depth -= 1;
    }
  }
  return { values, depth: deepest };
}
