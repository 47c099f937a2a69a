/** Mantine in the dress of the page: its colours come from `tokens.css`, so that light and dark live in one place. */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  SegmentedControl,
  type VariantColorsResolver,
} from '@mantine/core';

/** index.html reads the same key before the first paint. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'stillroom-theme' });

/** The page behind a dialog stays where it is, but its scroll bar stays too: hiding it takes a style of the kind that the policy forbids. */
const dialog = { removeScrollProps: { removeScrollBar: false }, transitionProps: { duration: 80 } };

/** Everything that floats (menus, dialogs, fields) lies on card; the page itself is paper. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--card)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--soft)',
    '--mantine-color-placeholder': 'var(--soft)',
    '--mantine-color-anchor': 'var(--teacher)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--card)',
    '--mantine-color-default-hover': 'var(--wash)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--ink)',
  },
  light: {},
  dark: {},
});

const variantColors: VariantColorsResolver = (input) => {
  switch (input.variant) {
    case 'filled':
      return {
        background: 'var(--ink)',
        hover: 'var(--ink-hover)',
        color: 'var(--card)',
        border: '1px solid var(--ink)',
      };
    case 'default':
      return {
        background: 'var(--card)',
        hover: 'var(--wash)',
        color: 'var(--ink)',
        border: '1px solid var(--line)',
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--wash)',
        color: 'var(--soft)',
        border: '1px solid transparent',
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

export const theme = createTheme({
  fontFamily: 'var(--sans)',
  headings: {
    fontFamily: 'var(--serif)',
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.4rem' }, h2: { fontSize: '1.125rem' }, h3: { fontSize: '1rem' } },
  },
  primaryColor: 'dark',
  primaryShade: 8,
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variantColors,
  components: {
    // Without a variant Mantine leaves a button's hover ink to the primary colour, which is dark in the dark theme.
    Button: { defaultProps: { variant: 'filled' } },
    Tooltip: {
      defaultProps: {
        multiline: true,
        // Under the words that it explains: above them stand headings.
        position: 'bottom',
        maw: 320,
        openDelay: 250,
        withArrow: true,
        transitionProps: { duration: 80 },
      },
    },
    Popover: { defaultProps: { shadow: 'md', radius: 10, transitionProps: { duration: 80 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 10, transitionProps: { duration: 80 } } },
    Modal: { defaultProps: { radius: 14, ...dialog } },
    Drawer: { defaultProps: { removeScrollProps: dialog.removeScrollProps } },
    // By name, not as plain data: panels and dialogs both need parts of it, and neither may need a chunk of the other's.
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
  },
});
