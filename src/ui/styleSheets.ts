/**
 * Mantine's variables as a style sheet that is made by script. Mantine itself would put them into a `<style>`, which the
 * page's policy forbids, as it forbids everybody else's (tools/serve/policy.ts).
 */
import {
  type ConvertCSSVariablesInput,
  type CSSVariablesResolver,
  convertCssVariables,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  type MantineThemeOverride,
  mergeMantineTheme,
} from '@mantine/core';

type Variables = Record<string, string>;
const parts = ['variables', 'light', 'dark'] as const;

/** What differs from Mantine's own style sheet, as CSS. */
export function themeCss(override: MantineThemeOverride, ours: CSSVariablesResolver): string {
  const usual = defaultCssVariablesResolver(DEFAULT_THEME);
  const theme = mergeMantineTheme(DEFAULT_THEME, override);
  const [themed, own] = [defaultCssVariablesResolver(theme), ours(theme)];
  const changed = (part: (typeof parts)[number]): Variables =>
    Object.fromEntries(
      Object.entries({ ...themed[part], ...own[part] }).filter(
        ([name, value]) => (usual[part] as Variables)[name] !== value,
      ),
    );
  return convertCssVariables({
    variables: changed('variables'),
    light: changed('light'),
    dark: changed('dark'),
  } satisfies ConvertCSSVariablesInput);
}

export function adopt(css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
