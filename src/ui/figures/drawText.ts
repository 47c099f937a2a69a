/** Text of the page as text of an SVG, line by line, where the page has it. */
import { painted } from './colours';
import { escaped, tag } from './markup';

interface Line {
  text: string;
  box: DOMRect;
}

let measuring: CanvasRenderingContext2D | null = null;

/** Of the font: how far letters reach above and below the line that they stand on. */
function metricsOf(style: CSSStyleDeclaration): { ascent: number; descent: number } {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) return { ascent: 0.8, descent: 0.2 };
  measuring.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = measuring.measureText('x');
  return { ascent, descent };
}

/** The lines that a text is broken into, without the blanks at their ends; what takes no room belongs to none. */
function linesOf(node: Text, keepsBlanks: boolean): Line[] {
  const range = document.createRange();
  const boxOf = (from: number, to: number) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return range;
  };
  const lines: Line[] = [];
  const add = (from: number, to: number) => {
    const whole = node.data.slice(from, to);
    const text = keepsBlanks ? whole : whole.trim();
    const start = from + whole.indexOf(text);
    if (text !== '') lines.push({ text, box: boxOf(start, start + text.length).getBoundingClientRect() });
  };
  const boxes = [...boxOf(0, node.length).getClientRects()].filter(({ width }) => width > 0);
  if (boxes.length === 0) return [];
  if (boxes.length === 1) {
    add(0, node.length);
    return lines;
  }
  let start = 0;
  let box: DOMRect | null = null;
  for (let i = 0; i < node.length; i++) {
    const own = [...boxOf(i, i + 1).getClientRects()].find(({ width }) => width > 0);
    if (!own) continue;
    if (box && Math.abs(own.top - box.top) > own.height / 2) {
      add(start, i);
      start = i;
      box = own;
    }
    box ??= own;
  }
  add(start, node.length);
  return lines;
}

const cased = (text: string, transform: string) =>
  transform === 'uppercase' ? text.toUpperCase() : transform === 'lowercase' ? text.toLowerCase() : text;

/** Degrees by which the letters of an element are turned: 0, 90 or −90. */
function turnOf(element: Element, style: CSSStyleDeclaration): number {
  if (!style.writingMode.startsWith('vertical')) return 0;
  for (let at: Element | null = element; at; at = at.parentElement) {
    const { transform } = getComputedStyle(at);
    if (transform !== 'none') return transform.startsWith('matrix(-1') ? -90 : 90;
  }
  return 90;
}

/** @param origin of the figure, in pixels of the window @param reach is told of each box that is drawn */
export function drawText(node: Text, origin: DOMRect, reach: (box: DOMRect) => void): string {
  const parent = node.parentElement;
  if (!parent || node.data.trim() === '') return '';
  const style = getComputedStyle(parent);
  if (style.visibility === 'hidden' || style.color === 'rgba(0, 0, 0, 0)') return '';
  const turn = turnOf(parent, style);
  const { ascent, descent } = metricsOf(style);
  const isKept = style.whiteSpace.startsWith('pre');
  return linesOf(node, isKept)
    .map(({ text, box }) => {
      const shown = isKept ? text : text.replace(/[ \t\r\n]+/g, ' ');
      reach(box);
      const [x, y] = [box.left - origin.left, box.top - origin.top];
      const length = turn === 0 ? box.width : box.height;
      const thick = turn === 0 ? box.height : box.width;
      const rise = (thick - ascent - descent) / 2 + ascent;
      const place =
        turn === 0
          ? { x, y: y + rise }
          : turn < 0
            ? { transform: `translate(${x + rise} ${y + box.height}) rotate(-90)` }
            : { transform: `translate(${x + box.width - rise} ${y}) rotate(90)` };
      return tag(
        'text',
        {
          ...place,
          ...painted('fill', style.color),
          'font-family': style.fontFamily,
          'font-size': Number.parseFloat(style.fontSize),
          'font-weight': style.fontWeight === '400' ? null : style.fontWeight,
          'font-style': style.fontStyle === 'normal' ? null : style.fontStyle,
          // Wherever it is read with another font, it takes the same room.
          textLength: shown.length > 1 ? length : null,
          lengthAdjust: shown.length > 1 ? 'spacingAndGlyphs' : null,
        },
        escaped(cased(shown, style.textTransform)),
      );
    })
    .join('');
}
