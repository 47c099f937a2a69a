/** Strokes in a box of 16 by 16. */
const paths = {
  expand: 'M9.5 2.5h4v4M13.5 2.5l-4.5 4.5M6.5 13.5h-4v-4M2.5 13.5l4.5-4.5',
  shrink: 'M13.5 6.5h-4v-4M9.5 6.5l4.5-4.5M2.5 9.5h4v4M6.5 9.5l-4.5 4.5',
  chevron: 'M4 6.5l4 4 4-4',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  share: 'M6.5 9.5l3-3M7 4.5l1.6-1.6a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.6 1.6a3 3 0 0 1-4.3-4.3L4.7 7.2',
  sun: 'M8 5a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.2 9.8A5.6 5.6 0 0 1 6.2 2.8a5.6 5.6 0 1 0 7 7z',
  auto: 'M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 2v12M10 3v10M12 4.5v7',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  save: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M3 13.2h10',
  step: 'M4 3.5l6 4.5-6 4.5zM12.5 3.5v9',
  play: 'M4.5 3l8 5-8 5z',
  pause: 'M5.5 3v10M10.5 3v10',
  more: 'M3.4 8h.2M7.9 8h.2M12.4 8h.2',
  copy: 'M6 6h7v7H6zM10 3.5V3H3v7h.5',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  help: 'M6 6a2 2 0 1 1 2.8 1.8c-.6.3-.8.7-.8 1.4M8 11.6v.1M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4z',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing in the colour of the text around it. Decoration: what it stands for is said by its button. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
