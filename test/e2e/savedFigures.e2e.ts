/** "Save this figure": what is handed over is whole, fit for paper, and says what the screen says. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import Papa from 'papaparse';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=12';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const kinds = { svg: 'Picture that scales (SVG)', png: 'Picture in dots (PNG)', csv: 'Numbers (CSV)' };

async function saved({ page, button }: PlaygroundPage, menu: Locator, kind: keyof typeof kinds) {
  await menu.click();
  const [download] = await Promise.all([page.waitForEvent('download'), button(kinds[kind]).click()]);
  expect(download.suggestedFilename()).toMatch(new RegExp(`^stillroom-[a-z0-9-]+\\.${kind}$`));
  return readFileSync(await download.path());
}

/** Parsed by the browser as XML; what it refers to, its colours and its size. */
const read = (page: Page, svg: string) =>
  page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    const all = [...parsed.querySelectorAll('*')];
    const values = all.flatMap(({ attributes }) =>
      [...attributes].map(({ name, value }) => ({ name, value })),
    );
    const ids = new Set(all.map(({ id }) => id).filter(Boolean));
    return {
      faults: parsed.querySelectorAll('parsererror').length,
      root: parsed.documentElement.localName,
      width: Number(parsed.documentElement.getAttribute('width')),
      height: Number(parsed.documentElement.getAttribute('height')),
      text: parsed.documentElement.textContent ?? '',
      background: parsed.querySelector('rect')?.getAttribute('fill'),
      links: values.filter(({ name }) => /href|src/.test(name)).map(({ value }) => value.slice(0, 22)),
      outside: values.filter(({ name, value }) => name !== 'xmlns' && /url\((?!#)/.test(value)),
      missing: values.flatMap(({ value }) =>
        [...value.matchAll(/url\(#([^)]+)\)/g)].flatMap(([, id]) => (ids.has(id) ? [] : [id])),
      ),
      unresolved: values.filter(({ value }) => /var\(|oklab|color-mix/.test(value)),
    };
  }, svg);

test.each(['light', 'dark'] as const)(
  'every panel as a picture, from a page in %s colours',
  async (colorScheme) => {
    const playground = await openPlayground(browser, tiny, { context: { colorScheme } });
    const { page } = playground;
    await playground.play();
    await playground.reach(12);
    await page.getByText(/^All of the held-out text/).waitFor({ timeout: 60_000 });
    // A page of its own, as the file is opened by itself: the playground's policy is not the file's.
    const paper = await browser.newPage();
    const menus = page.getByRole('button', { name: /^Save this figure: / });
    await expect.poll(() => menus.count()).toBe(5);
    for (const menu of await menus.all()) {
      const title = (await menu.getAttribute('aria-label'))!.replace('Save this figure: ', '');
      const svg = (await saved(playground, menu, 'svg')).toString('utf8');
      const found = await read(paper, svg);
      expect(found, title).toMatchObject({
        faults: 0,
        root: 'svg',
        outside: [],
        missing: [],
        unresolved: [],
      });
      expect(found.background).toBe('#fffefb');
      for (const link of found.links) expect(link).toBe('data:image/png;base64,');
      expect(found.text.replace(/\s+/g, ' ')).toContain(title.slice(0, 20));
      expect(found.text).toContain('seed 1 · step 12');
      expect(found.text.replace(/\s/g, '')).toContain('preset=tiny');
      expect(svg).toContain('Inter Variable');
      const png = await saved(playground, menu, 'png');
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * found.width, 2 * found.height]);
      // It decodes, and is not one colour.
      const colours = await page.evaluate(async (data) => {
        const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const { data: dots } = context.getImageData(0, 0, image.width, image.height);
        const seen = new Set<number>();
        for (let i = 0; i < dots.length; i += 4) seen.add((dots[i] << 16) | (dots[i + 1] << 8) | dots[i + 2]);
        return seen.size;
      }, png.toString('base64'));
      expect(colours).toBeGreaterThan(20);
    }
    // Nothing of it is left on the page.
    const scheme = await page.evaluate(() => document.documentElement.dataset.mantineColorScheme);
    expect(scheme).toBe(colorScheme);
    expect(playground.errors).toEqual([]);
    await paper.close();
  },
);

test('numbers are those on the screen, in full, and the menu works by keyboard', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page } = playground;
  await playground.play();
  await playground.reach(12);
  await page.getByText(/^All of the held-out text/).waitFor({ timeout: 60_000 });
  const menuOf = (panel: string) =>
    page
      .locator(`[data-panel=${panel}]`)
      .getByRole('button', { name: /^Save this figure: / })
      .first();
  const linesOf = async (panel: string) => {
    const text = (await saved(playground, menuOf(panel), 'csv')).toString('utf8');
    expect(text.startsWith('\uFEFF')).toBe(true);
    const parser = new Papa.Parser({ delimiter: ',', newline: '\r\n' } as never);
    const { data, errors } = parser.parse(text.slice(1), 0, false);
    expect(errors ?? []).toEqual([]);
    // The last line has an end too.
    const [columns, ...lines] = (data as string[][]).slice(0, -1);
    for (const line of lines) expect(line).toHaveLength(columns.length);
    return lines.map(
      (line): Record<string, string> => Object.fromEntries(columns.map((name, i) => [name, line[i]])),
    );
  };

  const score = await linesOf('scoreboard');
  const quality = page.locator('[data-panel=scoreboard]').getByRole('table').first();
  expect(score.map(({ model }) => model)).toEqual(['teacher', 'distilled', 'no teacher']);
  for (const line of score) {
    const [right, loss] = await quality
      .getByRole('row', { name: new RegExp(`^${line.model}`) })
      .getByRole('cell')
      .allInnerTexts();
    expect(right).toContain(`${(100 * Number(line['share right'])).toFixed(1)}\u00a0%`);
    expect(loss).toBe(Number(line['loss, nats']).toFixed(2));
    expect(line['loss, nats'].length).toBeGreaterThan(8);
  }

  const answers = await linesOf('predictions');
  const bar = page.locator('[data-panel=predictions] ol > li').first();
  const [first] = answers;
  expect(first.model).toBe('teacher');
  expect(await bar.innerText()).toContain(first.answer);
  expect(Number(first.probability)).toBeCloseTo(Number(/0\.\d+/.exec(await bar.innerText())![0]), 2);

  const losses = await linesOf('losses');
  expect(new Set(losses.filter(({ on }) => on === 'training').map(({ step }) => step)).size).toBe(12);
  const last = losses.filter(({ on, quantity }) => on === 'all held out' && quantity === 'share right');
  expect(last.map(({ value }) => value)).toEqual(score.map((line) => line['share right']));

  const maps = await linesOf('attention');
  const rows = new Map<string, number>();
  for (const { map, 'query place': query, value } of maps) {
    rows.set(`${map} ${query}`, (rows.get(`${map} ${query}`) ?? 0) + Number(value));
  }
  // Probabilities or scores: the panel opens on probabilities, whose rows sum to 1.
  for (const sum of rows.values()) expect(sum).toBeCloseTo(1, 4);

  await menuOf('losses').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: kinds.svg }).waitFor();
  const { violations } = await new AxeBuilder({ page }).include('.mantine-Popover-dropdown').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Save this figure: Losses');
  expect(playground.errors).toEqual([]);
});

test('a part that does not arrive is said, and the menu asks again', async () => {
  let broken = true;
  const playground = await openPlayground(browser, tiny, {
    prepare: (page) =>
      page.route('**/assets/saveFigure-*.js*', (route) => (broken ? route.abort() : route.continue())),
  });
  const { page, button } = playground;
  const menu = page.getByRole('button', { name: 'Save this figure: Losses' });
  await menu.click();
  await button(kinds.csv).click();
  await page.getByRole('alert').filter({ hasText: 'It could not be saved' }).waitFor();
  broken = false;
  await saved(playground, menu, 'csv');
  expect(await page.getByRole('alert').filter({ hasText: 'It could not be saved' }).count()).toBe(0);
});
