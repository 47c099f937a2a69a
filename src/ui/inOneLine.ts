/** A pair of texts, which has a line break between, as it stands within a sentence of the page. */
export const inOneLine = (sentence: string) => sentence.replace(/\s*\n\s*/g, ' / ');
