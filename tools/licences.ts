/**
 * Licences of what the page is made of, in one file beside it: `licences.txt`. The code itself comes without them, since
 * they were a third of the worker's bytes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  name: string;
  version: string;
  /** Such as `Apache-2.0`. */
  licence: string;
  /** The licence's own text, where the package holds it. */
  text: string | null;
  /** Comments in its code that shall be kept, each once. */
  notices: Set<string>;
}

const legal = /\/\*[!*](?:(?!\*\/)[\s\S])*?(?:@license|@preserve|copyright)[\s\S]*?\*\/|\/\*![\s\S]*?\*\//gi;

/** A comment's words, without its stars. */
const wordsOf = (comment: string) =>
  comment
    .replace(/^\/\*[!*]?|\*\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
    .join('\n')
    .trim();

/** The package that a module belongs to; null for our own. Others' work within `src/`, a font, has a package.json too. */
function packageOf(path: string): string | null {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    // Some packages mark folders of theirs with a package.json of a line or two.
    const { name, version } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    if (name && version) return name === 'stillroom' ? null : folder;
  }
  return null;
}

/** The terms of the MIT licence, without the line that names a holder: some packages come without a copy. */
const mit = readFileSync(new URL('../LICENSE', import.meta.url), 'utf8')
  .split('\n\n')
  .slice(2)
  .join('\n\n')
  .trim();

function readPackage(folder: string): Package {
  const {
    name,
    version,
    license: licence = '',
    author,
  } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  let text = file ? readFileSync(join(folder, file), 'utf8').trim() : null;
  if (text === null && licence === 'MIT')
    text = `Copyright (c) ${author?.name ?? author ?? `the authors of ${name}`}\n\n${mit}`;
  return { name, version, licence, text, notices: new Set() };
}

/** @throws where no text of a package's licence is known: whoever adds the package must find it */
function write(packages: Package[]): string {
  const sorted = packages.sort((a, b) => a.name.localeCompare(b.name));
  // Its text names nobody, so that one package's copy serves all.
  const apache = sorted.find(({ licence, text }) => licence === 'Apache-2.0' && text)?.text;
  const parts = sorted.map(({ name, version, licence, text, notices }) => {
    const terms = text ?? (licence === 'Apache-2.0' ? apache : null);
    if (!terms)
      throw new Error(
        `${name} comes without the text of its licence, ${licence || 'which it does not name'}.`,
      );
    return [`${name} ${version} (${licence})`, '-'.repeat(72), ...notices, terms].join('\n\n');
  });
  return `${['Stillroom is under the MIT licence. It is made with these packages:', ...parts].join(`\n\n${'='.repeat(72)}\n\n`)}\n`;
}

/** Two plugins with one memory: `inWorkers` notes what workers are made of, `inPage` the rest, and writes the file. */
export function licences(): { inPage: Plugin; inWorkers: () => Plugin } {
  const packages = new Map<string, Package>();

  function note(ids: Iterable<string>) {
    for (const id of ids) {
      const [path] = id.replace(/^\0/, '').split('?');
      const folder = existsSync(path) ? packageOf(path) : null;
      if (!folder) continue;
      const known = packages.get(folder) ?? readPackage(folder);
      packages.set(folder, known);
      if (!/\.[cm]?js$/.test(path)) continue;
      for (const [comment] of readFileSync(path, 'utf8').matchAll(legal)) known.notices.add(wordsOf(comment));
    }
  }

  return {
    inWorkers: () => ({
      name: 'stillroom:licences-of-workers',
      generateBundle() {
        note(this.getModuleIds());
      },
    }),
    inPage: {
      name: 'stillroom:licences',
      apply: 'build',
      generateBundle() {
        note(this.getModuleIds());
        this.emitFile({ type: 'asset', fileName: 'licences.txt', source: write([...packages.values()]) });
      },
    },
  };
}
