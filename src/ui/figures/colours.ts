/** Colours as every reader of SVG knows them: CSS's newer spaces, which computed styles keep, are turned into sRGB. */
import type { Attributes } from './markup';

export interface Paint {
  /** `#rrggbb` */
  colour: string;
  /** 0 to 1. */
  alpha: number;
}

const known = new Map<string, Paint>();
let context: CanvasRenderingContext2D | null = null;

export function paintOf(css: string): Paint {
  const found = known.get(css);
  if (found) return found;
  context ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  let paint: Paint = { colour: '#000000', alpha: 1 };
  if (context) {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = css;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    const colour = `#${[r, g, b].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
    paint = { colour, alpha: a / 255 };
  }
  known.set(css, paint);
  return paint;
}

/** `fill` or `stroke` with its opacity. */
export function painted(property: 'fill' | 'stroke', css: string, opacity = 1): Attributes {
  if (css === 'none') return { [property]: 'none' };
  const { colour, alpha } = paintOf(css);
  const all = Math.round(1000 * alpha * opacity) / 1000;
  return { [property]: colour, [`${property}-opacity`]: all === 1 ? null : all };
}

/** Parts of a list in CSS, whose commas within parentheses divide nothing. */
export function listed(css: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const character of css) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

export interface Gradient {
  /** True where it runs from left to right, otherwise from top to bottom. */
  across: boolean;
  stops: { at: number; css: string }[];
}

/** A gradient along one axis, as `background-image` computes to; null for anything else. */
export function gradientOf(image: string): Gradient | null {
  const inner = /^linear-gradient\((.*)\)$/s.exec(image)?.[1];
  if (!inner) return null;
  const parts = listed(inner);
  const direction = /(deg|turn|^to |^in )/.test(parts[0]) ? parts.shift()! : '180deg';
  const backwards = /270deg|to left|(^|\s)0deg|to top/.test(direction);
  const across = /90deg|270deg|to left|to right/.test(direction);
  const placed = parts.flatMap((part) => {
    const [, css, at] = /^(.*?)((?:\s+-?[\d.]+%)*)$/s.exec(part)!;
    const places = at.match(/-?[\d.]+/g)?.map((place) => Number(place) / 100);
    return places ? places.map((place) => ({ css, at: place })) : [{ css, at: Number.NaN }];
  });
  const last = placed.length - 1;
  const stops = placed.map(({ css, at }, i) => ({ css, at: Number.isNaN(at) ? i / Math.max(1, last) : at }));
  return { across, stops: backwards ? stops.reverse().map(({ css, at }) => ({ css, at: 1 - at })) : stops };
}
