import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { start } from '../../src/i18n/en/start';
import { startHtml, startWords } from '../../tools/serve/startWords';

const local = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const script = local('public/start.js');

it('every reason that start.js can name has its words in the page, and the other way round', () => {
  const html = startHtml();
  const said = [...script.matchAll(/\bsay\('(\w+)'\)/g)].map(([, name]) => name);
  const sections = [...html.matchAll(/data-start="(\w+)"( hidden)?/g)].map(([, name, hidden]) => [
    name,
    hidden,
  ]);
  expect(new Set(said)).toEqual(
    new Set(sections.map(([name]) => name).filter((name) => name !== 'starting')),
  );
  expect(sections.filter(([, hidden]) => !hidden)).toEqual([['starting', undefined]]);
  expect(html).toContain('<code>npm start</code>');
  expect(html).not.toContain('`');
});

it('the words stand in index.html, without JavaScript as well, and nothing there is inline', () => {
  const { handler } = startWords().transformIndexHtml as { handler: (html: string) => string };
  const html = handler(local('index.html'));
  expect(html).toContain(`<noscript>${start.withoutJavaScript}</noscript>`);
  expect(html).toContain('data-start="missing"');
  expect(html).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=/);
});

it('start.js is read by browsers of any age', () => {
  // ES5: no arrows, no `let`, no templates, no optional anything.
  const code = script.replace(/\/\*[\s\S]*?\*\//g, '');
  expect(code).not.toMatch(/=>|\b(let|const|class|async|await|of)\b|`|\?\.|\?\?|\.\.\./);
});
