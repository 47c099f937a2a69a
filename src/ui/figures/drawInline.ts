/** An SVG of the page as one that stands by itself: what style sheets gave it is written into it. */
import { painted } from './colours';
import { type Attributes, escaped, tag } from './markup';

/** Of geometry and reference; what else an element has is styles, events and words for screen readers. */
const kept = new Set(
  (
    'x y x1 y1 x2 y2 cx cy r rx ry dx dy d points width height viewBox preserveAspectRatio transform ' +
    'clip-path clipPathUnits offset gradientUnits gradientTransform textLength lengthAdjust pathLength'
  ).split(' '),
);

const strokes = ['stroke-dasharray', 'stroke-dashoffset', 'stroke-linejoin', 'stroke-linecap'] as const;
const usual: Record<string, string> = {
  'stroke-dasharray': 'none',
  'stroke-dashoffset': '0px',
  'stroke-linejoin': 'miter',
  'stroke-linecap': 'butt',
  'text-anchor': 'start',
  'dominant-baseline': 'auto',
};
/** Those that only group, or hold nothing to draw. */
const unpainted = new Set(['g', 'svg', 'defs', 'clipPath', 'linearGradient', 'stop', 'title', 'desc']);
const left = new Set(['title', 'desc', 'script', 'style', 'foreignObject', 'image', 'use', 'a', 'metadata']);

const plain = (value: string) => value.replace(/px\b/g, '');

function stylesOf(element: SVGElement, style: CSSStyleDeclaration): Attributes {
  const attributes: Attributes = {};
  if (Number(style.opacity) < 1) attributes.opacity = Number(style.opacity);
  if (element.localName === 'stop') {
    const { fill, 'fill-opacity': opacity } = painted('fill', style.stopColor, Number(style.stopOpacity));
    return { 'stop-color': fill, 'stop-opacity': opacity };
  }
  if (unpainted.has(element.localName)) return attributes;
  Object.assign(
    attributes,
    painted('fill', style.fill, Number(style.fillOpacity)),
    painted('stroke', style.stroke, Number(style.strokeOpacity)),
  );
  if (style.stroke !== 'none') {
    attributes['stroke-width'] = plain(style.strokeWidth);
    for (const name of strokes) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual[name]) attributes[name] = plain(value);
    }
  }
  if (element.localName === 'text' || element.localName === 'tspan') {
    attributes['font-family'] = style.fontFamily;
    attributes['font-size'] = plain(style.fontSize);
    attributes['font-weight'] = style.fontWeight;
    if (style.fontStyle !== 'normal') attributes['font-style'] = style.fontStyle;
    for (const name of ['text-anchor', 'dominant-baseline']) {
      const value = style.getPropertyValue(name);
      if (value && value !== usual[name]) attributes[name] = value;
    }
  }
  return attributes;
}

/** @param prefix sets the ids of this picture apart from those of others in the same file */
export function inlineSvg(
  svg: SVGSVGElement,
  box: { x: number; y: number; width: number; height: number },
  prefix: string,
): string {
  const ids = (value: string) =>
    value.replace(/url\(["']?#([^"')]+)["']?\)/g, (_, id) => `url(#${nameOf(id)})`);
  const nameOf = (id: string) => prefix + id.replace(/[^\w-]/g, '_');

  function drawn(element: Element): string {
    if (!(element instanceof SVGElement) || left.has(element.localName)) return '';
    const style = getComputedStyle(element);
    if (style.display === 'none' || element.hasAttribute('data-no-figure')) return '';
    const hidden = style.visibility === 'hidden';
    const attributes: Attributes = {};
    for (const { name, value } of element.attributes) {
      if (kept.has(name)) attributes[name] = ids(value);
      if (name === 'id') attributes.id = nameOf(value);
    }
    // A style sheet may move and clip it too.
    if (!element.hasAttribute('transform') && style.transform !== 'none')
      attributes.transform = style.transform;
    if (style.clipPath.startsWith('url(')) attributes['clip-path'] = ids(style.clipPath);
    if (!hidden) Object.assign(attributes, stylesOf(element, style));
    const content = [...element.childNodes]
      .map((node) =>
        node.nodeType === Node.TEXT_NODE
          ? hidden
            ? ''
            : escaped(node.textContent ?? '')
          : drawn(node as Element),
      )
      .join('');
    if (hidden && content === '') return '';
    return tag(element.localName, attributes, content.trim() === '' ? '' : content);
  }

  const content = [...svg.children].map(drawn).join('');
  const { viewBox } = svg;
  const hasBox = svg.hasAttribute('viewBox') && viewBox.baseVal.width > 0;
  const style = getComputedStyle(svg);
  return tag(
    'svg',
    {
      ...box,
      viewBox: hasBox ? svg.getAttribute('viewBox') : null,
      overflow: style.overflow === 'visible' ? 'visible' : 'hidden',
      // What its parts inherit from the element itself.
      ...painted('fill', style.fill),
      ...painted('stroke', style.stroke),
    },
    content,
  );
}
