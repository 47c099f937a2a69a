/**
 * TeX as MathML, by temml. It is 50 KB gzipped, so only `controls/FormulaMath.tsx` imports this, a chunk that loads with
 * the first formula.
 */
import temml from 'temml';

/** What is in an element of MathML: elements and text. */
export type MathPart = MathElement | string;

export interface MathElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Classes by which a style sheet takes part in the typesetting, such as `italic`. */
  classes: readonly string[];
  /** As React takes it: it is set through the CSSOM, which the page's policy allows, and never written as an attribute. */
  style: Readonly<Record<string, string>>;
  children: readonly MathPart[];
}

/** temml's own tree, as far as it is read here. Text has `text`; a fragment has no `type` and stands for its children. */
interface TemmlNode {
  type?: string;
  text?: string;
  attributes?: Record<string, string>;
  classes?: string[];
  style?: Record<string, string>;
  children?: TemmlNode[];
}

const isElement = (part: MathPart): part is MathElement => typeof part !== 'string';

/** Bold letters as temml has them, which few text fonts hold. */
const boldLetter = /^[\u{1d400}-\u{1d433}\u{1d6a8}-\u{1d6e1}]+$/u;

/**
 * Single letters are italics by a class rather than by their place in Unicode, as browsers would have it: the page's own
 * fonts have italics and no mathematical letters. So a formula looks like the symbols in the sentences around it.
 */
function dressed(element: MathElement): MathElement {
  const [text, ...more] = element.children;
  // Between two distributions: without a word on it browsers let it grow, as if it were a bracket.
  if (element.name === 'mo' && text === '‖' && !('fence' in element.attributes)) {
    return { ...element, attributes: { stretchy: 'false', ...element.attributes } };
  }
  if (element.name !== 'mi' || typeof text !== 'string' || more.length > 0) return element;
  if (boldLetter.test(text)) {
    return { ...element, children: [text.normalize('NFKC')], classes: [...element.classes, 'bold'] };
  }
  const italic = /^\p{L}$/u.test(text) && element.attributes.mathvariant !== 'normal';
  return italic ? { ...element, classes: [...element.classes, 'italic'] } : element;
}

function partsOf(node: TemmlNode): MathPart[] {
  const children = (node.children ?? []).flatMap(partsOf);
  if (node.text !== undefined) return [node.text];
  if (!node.type) return children;
  // A row of one is that one: `L_{\text{ce}}` and `L_\text{ce}` are the same symbol.
  if (node.type === 'mrow' && children.length === 1) return children;
  // How a browser lays the whole out, and scripts of accents, is said in Formula.module.css.
  const { display, mathDepth, 'math-depth': depth, ...style } = node.style ?? {};
  const { attributes = {}, classes = [] } = node;
  return [dressed({ name: node.type, attributes: { ...attributes }, classes, style, children })];
}

/**
 * The parts of a formula in a row.
 * @param display set large, as on a line of its own
 * @throws temml's ParseError for what is no TeX, and for what would load, link or style (`\href`, `\includegraphics`)
 */
export function typeset(tex: string, display = false): readonly MathPart[] {
  const options = {
    displayMode: display,
    throwOnError: true,
    strict: true,
    trust: false,
    wrap: 'none',
  } as const;
  const root: TemmlNode = temml.__renderToMathMLTree(tex, options);
  const parts = (root.children ?? []).flatMap(partsOf);
  const [only] = parts;
  return parts.length === 1 && isElement(only) && only.name === 'mrow' ? only.children : parts;
}

/** What follows the name of a function: that it is applied, and room. */
const isApplied = (part: MathPart) =>
  isElement(part) && (part.name === 'mspace' || (part.name === 'mo' && part.children[0] === '\u2061'));

/** A symbol as it stands in a formula, where functions have their arguments. */
function typesetSymbol(tex: string): readonly MathPart[] {
  const parts = typeset(tex);
  return parts.slice(0, parts.findLastIndex((part) => !isApplied(part)) + 1);
}

/** As one line, for comparing. */
const spell = (part: MathPart): string =>
  isElement(part)
    ? `<${part.name} ${JSON.stringify(part.attributes)}>${part.children.map(spell).join('')}</>`
    : JSON.stringify(part);

/** A symbol with a meaning, in place of the parts that spell it. */
export interface MeantSymbol {
  /** As it was asked for. */
  tex: string;
  meaning: string;
  children: readonly MathPart[];
}
export type MeantPart =
  | string
  | MeantSymbol
  | (Omit<MathElement, 'children'> & { children: readonly MeantPart[] });

/**
 * Finds symbols in a formula, at any depth. Where one symbol lies in another, the longer wins: `p_i` over `p`.
 * @param symbols TeX of a symbol to its meaning
 * @returns the parts, and the TeX of the symbols that are among them, in the order of `symbols`
 * @throws as `typeset` does, for a symbol that is no TeX
 */
export function findSymbols(
  parts: readonly MathPart[],
  symbols: Readonly<Record<string, string>>,
): { parts: readonly MeantPart[]; present: readonly string[] } {
  const present = new Set<string>();
  const patterns = Object.entries(symbols)
    .map(([tex, meaning]) => ({ tex, meaning, spelled: typesetSymbol(tex).map(spell) }))
    .sort((a, b) => b.spelled.join('').length - a.spelled.join('').length);

  function within(row: readonly MathPart[]): MeantPart[] {
    const spelled = row.map(spell);
    const found: MeantPart[] = [];
    for (let at = 0; at < row.length; ) {
      const match = patterns.find(
        (pattern) =>
          pattern.spelled.length > 0 && pattern.spelled.every((text, index) => text === spelled[at + index]),
      );
      if (match) {
        const end = at + match.spelled.length;
        found.push({ tex: match.tex, meaning: match.meaning, children: row.slice(at, end) });
        present.add(match.tex);
        at = end;
      } else {
        const part = row[at];
        found.push(isElement(part) ? { ...part, children: within(part.children) } : part);
        at += 1;
      }
    }
    return found;
  }
  const found = within(parts);
  return { parts: found, present: Object.keys(symbols).filter((tex) => present.has(tex)) };
}

const relations = new Set(['=', '≈', '∝', '≤', '≥', '←', '→', '↦', '∼', '≔']);
const signs = new Set(['+', '−', '±']);
const opening = new Set(['(', '[', '{', '⟨', '⌊', '⌈']);
const closing = new Set([')', ']', '}', '⟩', '⌋', '⌉']);

const operator = (part: MeantPart | undefined): string | null =>
  part &&
  typeof part !== 'string' &&
  'name' in part &&
  part.name === 'mo' &&
  typeof part.children[0] === 'string'
    ? part.children[0]
    : null;

/**
 * Cuts a formula where it may wrap: after a relation, and before a sign that adds or takes away; never in brackets.
 * Browsers break no formula by themselves.
 */
export function piecesOf(parts: readonly MeantPart[]): MeantPart[][] {
  const pieces: MeantPart[][] = [[]];
  let depth = 0;
  parts.forEach((part, index) => {
    const sign = operator(part);
    if (sign !== null && opening.has(sign)) depth += 1;
    if (sign !== null && closing.has(sign)) depth -= 1;
    const before = operator(parts[index - 1]);
    const adds =
      sign !== null &&
      signs.has(sign) &&
      index > 0 &&
      (before === null || closing.has(before)) &&
      depth === 0;
    if (adds && typeof part !== 'string' && 'name' in part) {
      // First in its row it would be taken for the sign of a number, and set without space.
      pieces.push([{ ...part, attributes: { ...part.attributes, form: 'infix' } }]);
    } else {
      pieces[pieces.length - 1].push(part);
    }
    if (sign !== null && relations.has(sign) && depth === 0 && index < parts.length - 1) pieces.push([]);
  });
  return pieces;
}
