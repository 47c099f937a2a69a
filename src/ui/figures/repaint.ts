/** How a canvas on the page is drawn, for whoever needs the same picture sharper, or in other colours. */

/** Draws on another canvas, in the colours that the page has at that moment, `density` pixels for each of CSS. */
export type Repaint = (canvas: HTMLCanvasElement, density: number) => void;

export type Repaints = WeakMap<HTMLCanvasElement, Repaint>;
export const repaints: Repaints = new WeakMap();
