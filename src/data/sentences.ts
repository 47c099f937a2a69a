/**
 * Cuts text at sentence ends in any script. An own scanner rather than Intl.Segmenter: that one follows the engine's
 * Unicode tables, and the same text must be cut alike in every browser and in Node. Its time is proportional to the
 * text, also where a page of nothing but full stops is pasted.
 */

/** Marks that end a sentence only before a space: a point also stands in 3.5 and in addresses. */
const spacedMarks = '.!?…‽؟۔։።';
const afterSpaced = new Set('"\'”’»)]');
/** Marks of scripts that put no space after a sentence. */
const unspacedMarks = '。！？｡।॥॥។៕';
const afterUnspaced = new Set('"\'”’»」』）】〉》)]');

const spaced = new Set(spacedMarks);
const unspaced = new Set(unspacedMarks);

/** Characters after which a scan that found no end gives the thread free. */
const longScan = 65_536;

/** The sentences of a text in order, trimmed; a text without an end mark is one sentence. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const sentence of scanSentences(text)) if (sentence !== null) sentences.push(sentence);
  return sentences;
}

/** The sentences one by one, and null now and then where one is very long. */
export function* scanSentences(text: string): Generator<string | null, void, void> {
  const mark = new RegExp(`[${spacedMarks}${unspacedMarks}]`, 'g');
  const word = /\S/g;
  let scanned = 0;
  for (let start = nextOf(word, text, 0); start < text.length; ) {
    let at = nextOf(mark, text, start);
    let end = endAt(text, at);
    while (end < 0) {
      // Marks that end nothing are passed all at once: each of them would lead to the same place.
      at = nextOf(mark, text, -end);
      end = endAt(text, at);
      if (at - scanned >= longScan) {
        scanned = at;
        yield null;
      }
    }
    yield text.slice(start, end).trim();
    start = nextOf(word, text, end);
  }
}

/** The place of the next match, or the text's end. */
function nextOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

/** The end of the sentence whose marks begin at `at`; minus the place to go on at where they end none. */
function endAt(text: string, at: number): number {
  if (at >= text.length) return text.length;
  if (unspaced.has(text[at])) return skip(text, skip(text, at, unspaced), afterUnspaced);
  const end = skip(text, skip(text, at, spaced), afterSpaced);
  return end === text.length || /\s/.test(text[end]) ? end : -end;
}

function skip(text: string, from: number, characters: ReadonlySet<string>): number {
  let at = from;
  while (at < text.length && characters.has(text[at])) at++;
  return at;
}

/** True where a line or paragraph ends as a sentence does. */
export function endsSentence(text: string): boolean {
  let at = text.length - 1;
  while (at > 0 && (afterSpaced.has(text[at]) || afterUnspaced.has(text[at]))) at--;
  return spaced.has(text[at]) || unspaced.has(text[at]);
}
