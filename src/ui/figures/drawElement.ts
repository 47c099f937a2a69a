/**
 * An element of the page as an SVG that stands by itself: boxes, text, canvases and SVGs, with the styles that they
 * have on the page, and without what is there to be pressed.
 */
import { gradientOf, painted, paintOf } from './colours';
import { inlineSvg } from './drawInline';
import { drawText } from './drawText';
import { tag } from './markup';
import type { Repaints } from './repaint';

export interface Drawn {
  svg: string;
  /** Pixels of CSS: as wide as the element at least, and as high as what is drawn. */
  width: number;
  height: number;
}

/** What belongs to the page rather than to the figure. */
const controls = [
  '[data-no-figure]',
  'input, select, textarea, dialog, script, style',
  ...['Button', 'ActionIcon', 'SegmentedControl', 'Slider', 'InputWrapper', 'Switch', 'Checkbox'].map(
    (name) => `.mantine-${name}-root`,
  ),
  'details:not([open]), details > summary',
  '.visuallyHidden',
].join(', ');

/** Pixels of a canvas for each of CSS. */
const density = 3;
const sides = ['Top', 'Right', 'Bottom', 'Left'] as const;

export function drawElement(root: HTMLElement, repaints: Repaints): Drawn {
  const origin = root.getBoundingClientRect();
  const parts: string[] = [];
  let [width, top, bottom, count] = [origin.width, Number.POSITIVE_INFINITY, 0, 0];
  const reach = (box: DOMRect) => {
    width = Math.max(width, box.right - origin.left);
    top = Math.min(top, box.top - origin.top);
    bottom = Math.max(bottom, box.bottom - origin.top);
  };
  const name = () => `f${++count}-`;

  function walk(node: Node) {
    if (node.nodeType === Node.TEXT_NODE) parts.push(drawText(node as Text, origin, reach));
    else if (node instanceof SVGSVGElement) drawSvg(node);
    else if (node instanceof HTMLElement || node instanceof MathMLElement) drawHtml(node);
  }

  function drawSvg(svg: SVGSVGElement) {
    const box = svg.getBoundingClientRect();
    if (svg.matches(controls) || !isSeen(svg) || box.width === 0) return;
    reach(box);
    parts.push(inlineSvg(svg, placed(box), name()));
  }

  function drawHtml(element: HTMLElement | MathMLElement) {
    const style = getComputedStyle(element);
    if (style.display === 'none' || (element !== root && element.matches(controls))) return;
    const faint = Number(style.opacity);
    if (faint === 0) return;
    if (faint < 1) parts.push(`<g opacity="${faint}">`);
    if (style.visibility !== 'hidden' && style.display !== 'contents') drawBox(element, style);
    if (element instanceof HTMLCanvasElement) drawCanvas(element);
    const clips = element !== root && /hidden|clip/.test(style.overflowX) && style.display !== 'inline';
    if (clips) {
      const id = `${name()}clip`;
      const box = placed(element.getBoundingClientRect());
      parts.push(tag('clipPath', { id }, tag('rect', { ...box })), `<g clip-path="url(#${id})">`);
    }
    drawBefore(element, style);
    for (const child of element.childNodes) walk(child);
    if (clips) parts.push('</g>');
    if (faint < 1) parts.push('</g>');
  }

  const placed = (box: DOMRect) => ({
    x: box.left - origin.left,
    y: box.top - origin.top,
    width: box.width,
    height: box.height,
  });

  function drawBox(element: Element, style: CSSStyleDeclaration) {
    const gradient = gradientOf(style.backgroundImage);
    const { alpha } = paintOf(style.backgroundColor);
    const edges = sides.map((side) => ({
      width: style[`border${side}Style`] === 'none' ? 0 : Number.parseFloat(style[`border${side}Width`]),
      colour: style[`border${side}Color`],
    }));
    const bordered = edges.some(({ width, colour }) => width > 0 && paintOf(colour).alpha > 0);
    if (!gradient && alpha === 0 && !bordered) return;
    for (const box of element.getClientRects()) {
      if (box.width === 0 || box.height === 0) continue;
      reach(box);
      const at = placed(box);
      const radius = Math.min(
        Number.parseFloat(style.borderTopLeftRadius) || 0,
        box.height / 2,
        box.width / 2,
      );
      const even =
        bordered &&
        edges.every(({ width, colour }) => width === edges[0].width && colour === edges[0].colour);
      const half = even ? edges[0].width / 2 : 0;
      const inner = {
        x: at.x + half,
        y: at.y + half,
        width: at.width - 2 * half,
        height: at.height - 2 * half,
      };
      const shape = { ...inner, rx: radius || null };
      const edge = even ? { ...painted('stroke', edges[0].colour), 'stroke-width': edges[0].width } : {};
      const fill = alpha > 0 ? painted('fill', style.backgroundColor) : { fill: 'none' };
      if (alpha > 0 || even) parts.push(tag('rect', { ...shape, ...fill, ...edge }));
      if (gradient) {
        const id = `${name()}gradient`;
        const stops = gradient.stops.map(({ at: offset, css }) => {
          const { colour, alpha } = paintOf(css);
          return tag('stop', { offset, 'stop-color': colour, 'stop-opacity': alpha < 1 ? alpha : null });
        });
        const [x2, y2] = gradient.across ? [1, 0] : [0, 1];
        parts.push(tag('linearGradient', { id, x1: 0, y1: 0, x2, y2 }, stops.join('')));
        parts.push(tag('rect', { ...shape, fill: `url(#${id})` }));
      }
      if (bordered && !even) drawEdges(at, edges);
    }
  }

  /** A box that the style sheet puts into an element, at a place that it says. Stripes become an even tone. */
  function drawBefore(element: Element, around: CSSStyleDeclaration) {
    const style = getComputedStyle(element, '::before');
    if (style.content === 'none' || style.position !== 'absolute' || around.position === 'static') return;
    const outer = element.getBoundingClientRect();
    const [width, height] = [Number.parseFloat(style.width), Number.parseFloat(style.height)];
    if (!(width > 0 && height > 0)) return;
    const x = outer.left + Number.parseFloat(around.borderLeftWidth) + Number.parseFloat(style.left);
    const y = outer.top + Number.parseFloat(around.borderTopWidth) + Number.parseFloat(style.top);
    const at = placed(new DOMRect(x, y, width, height));
    const stripes = /^repeating-linear-gradient\(/.test(style.backgroundImage);
    const colour = stripes ? /(?:rgba?|color|oklab|oklch)\([^()]*\)/.exec(style.backgroundImage)?.[0] : null;
    const css = colour ?? style.backgroundColor;
    if (paintOf(css).alpha > 0)
      parts.push(tag('rect', { ...at, ...painted('fill', css, stripes ? 0.55 : 1) }));
  }

  function drawEdges(
    { x, y, width, height }: ReturnType<typeof placed>,
    edges: { width: number; colour: string }[],
  ) {
    const bars = [
      { x, y, width, height: edges[0].width },
      { x: x + width - edges[1].width, y, width: edges[1].width, height },
      { x, y: y + height - edges[2].width, width, height: edges[2].width },
      { x, y, width: edges[3].width, height },
    ];
    bars.forEach((bar, i) => {
      if (edges[i].width > 0) parts.push(tag('rect', { ...bar, ...painted('fill', edges[i].colour) }));
    });
  }

  function drawCanvas(canvas: HTMLCanvasElement) {
    const box = canvas.getBoundingClientRect();
    if (box.width === 0 || !isSeen(canvas)) return;
    reach(box);
    const copy = document.createElement('canvas');
    const repaint = repaints.get(canvas);
    if (repaint) repaint(copy, density);
    else {
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.getContext('2d')?.drawImage(canvas, 0, 0);
    }
    parts.push(tag('image', { ...placed(box), href: copy.toDataURL('image/png') }));
  }

  for (const child of root.childNodes) walk(child);
  const above = Number.isFinite(top) ? top : 0;
  return {
    svg: tag('g', { transform: `translate(0 ${-above})` }, parts.join('')),
    width: Math.ceil(width),
    height: Math.ceil(bottom - above),
  };
}

function isSeen(element: Element): boolean {
  const { visibility, display, opacity } = getComputedStyle(element);
  return visibility !== 'hidden' && display !== 'none' && Number(opacity) > 0;
}
