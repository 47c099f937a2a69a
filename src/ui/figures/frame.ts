/** A figure for paper: always in light colours, with its title above and in small print below what it is of. */
import { painted } from './colours';
import { type Drawn, drawElement } from './drawElement';
import { escaped, tag } from './markup';
import type { Repaints } from './repaint';

export interface Framed {
  title: string;
  /** Lines, which are broken where they are too long. */
  print: readonly string[];
  repaints: Repaints;
}

const padding = 24;
const title = { size: 19, line: 26 };
const small = { size: 11, line: 15 };
/** Width of a small letter in ems, rather too much. */
const letter = 0.54;
const least = 320;

/** Does something while the page has its light colours and nothing moves; it is never painted so. */
export function inLight<T>(work: () => T): T {
  const root = document.documentElement;
  const scheme = root.getAttribute('data-mantine-color-scheme');
  const before = document.adoptedStyleSheets;
  const still = new CSSStyleSheet();
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets = [...before, still];
  root.setAttribute('data-mantine-color-scheme', 'light');
  try {
    return work();
  } finally {
    if (scheme === null) root.removeAttribute('data-mantine-color-scheme');
    else root.setAttribute('data-mantine-color-scheme', scheme);
    document.adoptedStyleSheets = before;
  }
}

/** A line in pieces of at most so many characters, at blanks where there are some. */
export function broken(line: string, most: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > most) {
    const blank = rest.lastIndexOf(' ', most);
    const at = blank > 0 ? blank : most;
    lines.push(rest.slice(0, at));
    rest = rest.slice(blank > 0 ? at + 1 : at);
  }
  return [...lines, rest];
}

/** The whole file, with its size in pixels. @param styles of the file itself, such as fonts */
export function framed(
  element: HTMLElement,
  { title: words, print, repaints }: Framed,
): { svgOf: (styles?: string) => string; width: number; height: number } {
  return inLight(() => {
    const style = getComputedStyle(document.documentElement);
    const property = (name: string) => style.getPropertyValue(name).trim();
    const drawn: Drawn = drawElement(element, repaints);
    const width = Math.max(least, drawn.width) + 2 * padding;
    const inside = width - 2 * padding;
    const heads = broken(words, Math.floor(inside / (title.size * letter)));
    const lines = print.flatMap((line) => broken(line, Math.floor(inside / (small.size * letter))));
    const top = padding + title.line * heads.length + 8;
    const foot = top + drawn.height + 20;
    const height = foot + small.line * lines.length + padding - 6;
    const text = (line: string, y: number, attributes: Record<string, string | number>) =>
      tag('text', { x: padding, y, ...attributes }, escaped(line));
    const parts = [
      tag('title', {}, escaped(words)),
      tag('desc', {}, escaped(print.join('\n'))),
      tag('rect', { width, height, ...painted('fill', property('--card')) }),
      ...heads.map((line, i) =>
        text(line, padding + title.line * i + title.size - 2, {
          'font-family': property('--serif'),
          'font-size': title.size,
          'font-weight': 600,
          fill: property('--ink'),
        }),
      ),
      tag('g', { transform: `translate(${padding} ${top})` }, drawn.svg),
      ...lines.map((line, i) =>
        text(line, foot + small.line * i + small.size, {
          'font-family': property('--sans'),
          'font-size': small.size,
          fill: property('--soft'),
        }),
      ),
    ];
    const svgOf = (styles = '') =>
      tag(
        'svg',
        {
          xmlns: 'http://www.w3.org/2000/svg',
          width,
          height,
          viewBox: `0 0 ${width} ${height}`,
          style: 'font-variant-numeric: tabular-nums',
        },
        (styles ? tag('style', {}, escaped(styles)) : '') + parts.join(''),
      );
    return { svgOf, width, height };
  });
}
