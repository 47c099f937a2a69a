/** Faults in the built page's own worker, at a word of the test. */
import type { Page } from 'playwright';

/** Code for `prependToScripts`: in the page's worker, and once in it, `code` runs when the test says `word`. */
export const onWord = (word: string, code: string) =>
  `if (globalThis.name === 'stillroom' && !globalThis.heard_${word}) {
     globalThis.heard_${word} = new BroadcastChannel('test');
     globalThis.heard_${word}.addEventListener('message', ({ data }) => {
       if (data !== '${word}') return;
       globalThis.heard_${word}.postMessage('heard ${word}');
       ${code}
     });
   }`;

/** Says a word, and waits until the worker has heard it: a command of the page could overtake the word. */
export const say = (page: Page, word: string) =>
  page.evaluate(
    (word) =>
      new Promise<void>((resolve) => {
        const channel = new BroadcastChannel('test');
        channel.addEventListener('message', ({ data }) => {
          if (data !== `heard ${word}`) return;
          channel.close();
          resolve();
        });
        channel.postMessage(word);
      }),
    word,
  );
