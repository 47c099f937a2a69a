import type { ModelStyle } from '../modelStyle';

/** Outlines in a box of 12 by 12, the shapes that recharts draws under the same names. */
export const markerPaths: Record<ModelStyle['marker'], string> = {
  circle: 'M6 1.2a4.8 4.8 0 1 0 0 9.6a4.8 4.8 0 1 0 0-9.6z',
  square: 'M1.8 1.8h8.4v8.4h-8.4z',
  diamond: 'M6 .6L11 6L6 11.4L1 6z',
  triangle: 'M6 1.2L11.2 10.4H.8z',
  cross: 'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
  star: 'M6 .6l1.5 3.6 3.9.3-3 2.5.9 3.8L6 8.8l-3.3 2 .9-3.8-3-2.5 3.9-.3z',
  wye: 'M4.6 11.2V6.9L.9 4.7 2.3 2.3 6 4.4l3.7-2.1 1.4 2.4-3.7 2.2v4.3z',
};

/** A model's shape in its colour. Decoration: the name stands beside it. */
export function Marker({ style, size = 11 }: { style: ModelStyle; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      fill={style.color}
      aria-hidden="true"
      focusable="false"
    >
      <path d={markerPaths[style.marker]} />
    </svg>
  );
}
