import type { Quantity } from './lossCurves';

/** Stroke width in pixels: the weighted sum is drawn broader than its terms. */
export const quantityWidth = (quantity: Quantity) => (quantity === 'total' ? 3 : 2);
