import { storiesOf } from '../../src/data/stories';

async function storyFile(): Promise<string> {
  if (typeof window !== 'undefined') return (await fetch('/corpora/stories.txt')).text();
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../../public/corpora/stories.txt', import.meta.url), 'utf8');
}

/** The bundled stories, in Node and in the browser. */
export const stories = storiesOf(await storyFile());
