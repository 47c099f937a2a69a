/** The page's own fonts as style rules that hold them: a picture that is drawn from SVG can't fetch any. */

const inRange = (range: string, codes: ReadonlySet<number>): boolean => {
  if (!range) return true;
  return range.split(',').some((part) => {
    const [, low, high = low] = /U\+([\dA-F?]+)(?:-([\dA-F]+))?/i.exec(part.trim()) ?? [];
    if (!low) return false;
    const [from, to] = [low.replaceAll('?', '0'), high.replaceAll('?', 'F')].map((hex) =>
      Number.parseInt(hex, 16),
    );
    return [...codes].some((code) => code >= from && code <= to);
  });
};

/** Rules of every font whose family a text names and that has some of its letters. Those that don't arrive are left out. */
export async function fontFaces(svg: string): Promise<string> {
  const codes = new Set([...svg].map((character) => character.codePointAt(0)!));
  const rules = [...document.styleSheets].flatMap((sheet) => {
    const faces = [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule);
    return faces.map((rule) => ({ style: rule.style, base: sheet.href ?? document.baseURI }));
  });
  const needed = rules.filter(({ style }) => {
    const family = style.getPropertyValue('font-family').replace(/["']/g, '');
    return svg.includes(family) && inRange(style.getPropertyValue('unicode-range'), codes);
  });
  const written = await Promise.all(
    needed.map(async ({ style, base }) => {
      const address = /url\(["']?([^"')]+)["']?\)/.exec(style.getPropertyValue('src'))?.[1];
      if (!address) return '';
      try {
        const response = await fetch(new URL(address, base));
        const data = address.startsWith('data:') ? address : await dataUrl(await response.blob());
        const described = ['font-family', 'font-style', 'font-weight', 'unicode-range']
          .map((name) => `${name}:${style.getPropertyValue(name)}`)
          .join(';');
        return `@font-face{${described};src:url(${data})}`;
      } catch {
        return '';
      }
    }),
  );
  return written.join('');
}

const dataUrl = (blob: Blob) =>
  new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
