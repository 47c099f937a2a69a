/** Colours of heat maps: ramps between two or three colours, mixed in OKLab so that equal steps look equal. */

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Colours in a row, [n, 3]. */
export type Ramp = Uint8ClampedArray;

const rampSteps = 256;

/** `#rrggbb` as three numbers. */
export function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

const toLinear = (channel: number) => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};
const fromLinear = (c: number) => 255 * (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055);

/** Björn Ottosson's OKLab, https://bottosson.github.io/posts/oklab/ */
function toOklab(rgb: Rgb): [number, number, number] {
  const [r, g, b] = rgb.map(toLinear);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function fromOklab([lightness, a, b]: readonly number[]): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    fromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    fromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    fromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** A ramp through `stops`, evenly spaced: two for a sequential scale, three for a diverging one. */
export function ramp(stops: readonly Rgb[]): Ramp {
  const colours = stops.map(toOklab);
  const result = new Uint8ClampedArray(3 * rampSteps);
  for (let i = 0; i < rampSteps; i++) {
    const at = (i / (rampSteps - 1)) * (stops.length - 1);
    const from = Math.min(Math.floor(at), stops.length - 2);
    const mixed = colours[from].map((value, k) => value + (at - from) * (colours[from + 1][k] - value));
    result.set(fromOklab(mixed), 3 * i);
  }
  return result;
}

/** `values` as RGBA pixels: `low` is the first colour of the ramp, `high` the last, beyond them the ends. */
export function paint(values: ArrayLike<number>, [low, high]: readonly [number, number], colours: Ramp) {
  const last = colours.length / 3 - 1;
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const share = Math.min(1, Math.max(0, (values[i] - low) / (high - low)));
    const colour = 3 * Math.round(share * last);
    pixels.set([colours[colour], colours[colour + 1], colours[colour + 2], 255], 4 * i);
  }
  return pixels;
}
