import { describe, expect, it } from 'vitest';
import { paint, parseHex, ramp } from '../../src/ui/charts/colourScale';

const card = parseHex('#fffefb');
const teacher = parseHex('#2f5fb3');
const arm = parseHex('#c0481a');

describe('ramp', () => {
  it('starts and ends at its colours', () => {
    const colours = ramp([card, teacher]);
    expect([...colours.slice(0, 3)]).toEqual([255, 254, 251]);
    expect([...colours.slice(-3)]).toEqual([47, 95, 179]);
  });

  it('mixes black and white to the grey of half the lightness in OKLab', () => {
    const middle = ramp([
      [0, 0, 0],
      [255, 255, 255],
    ]).slice(3 * 127, 3 * 128);
    expect(middle[0]).toBeGreaterThan(95);
    expect(middle[0]).toBeLessThan(101);
  });
});

describe('paint', () => {
  it('puts the middle of a diverging scale at 0 and holds values beyond its ends', () => {
    const pixels = paint([-9, 0, 9], [-1, 1], ramp([teacher, card, arm]));
    expect([...pixels.slice(0, 4)]).toEqual([47, 95, 179, 255]);
    expect([...pixels.slice(8, 12)]).toEqual([192, 72, 26, 255]);
    for (const [i, channel] of card.entries()) expect(Math.abs(pixels[4 + i] - channel)).toBeLessThan(3);
  });
});
