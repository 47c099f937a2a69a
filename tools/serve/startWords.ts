/** Puts the words of src/i18n/en/start.ts into index.html, where they are read without any of the page's own code. */
import type { Plugin } from 'vite';
import { start } from '../../src/i18n/en/start.ts';

const place = '<!-- start words: tools/serve/startWords.ts -->';

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');

/** Each under its name; the first is there from the start, the others once start.js finds a reason. */
export function startHtml(): string {
  const { withoutJavaScript, reload, ...sections } = start;
  const html = Object.entries(sections).map(([name, { title, text }]) => {
    const shown = name === 'starting' ? '' : ' hidden role="alert"';
    // Served by itself, a file is as it is: another try changes nothing.
    const button = ['file', 'old'].includes(name) ? '' : `<button type="button">${escaped(reload)}</button>`;
    const paragraphs = text.map((words) => `<p>${escaped(words)}</p>`).join('');
    return `<section class="start" data-start="${name}"${shown}><h1>${escaped(title)}</h1>${paragraphs}${button}</section>`;
  });
  const noscript = `<noscript>${escaped(withoutJavaScript)}</noscript>`;
  return [...html, noscript].join('\n    ');
}

export function startWords(): Plugin {
  return {
    name: 'stillroom:start-words',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace(place, startHtml()) },
  };
}
