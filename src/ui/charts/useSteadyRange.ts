import { useRef } from 'react';
import { type AxisScale, type Range, steadyRange } from './axis';

/** The range of an axis that holds still while `extent` moves a little; null, no data, lets it start afresh. */
export function useSteadyRange(extent: Range | null, scale: AxisScale, parts?: number): Range | null {
  const last = useRef<{ range: Range | null; scale: AxisScale }>({ range: null, scale });
  const previous = last.current.scale === scale ? last.current.range : null;
  const range = extent && steadyRange(extent, previous, scale, parts);
  last.current = { range, scale };
  return range;
}
