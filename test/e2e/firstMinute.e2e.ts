import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';
import { englishText } from '../support/texts';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('Play asks about changes that are not applied: go on without them, or start again with them', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button, status, step } = playground;
  await playground.steps(1);
  await button(/^Training/).click();
  await page.getByRole('textbox', { name: 'Steps' }).fill('9');
  await page.getByText('Not applied yet: Training.').waitFor();
  const asks = page.getByRole('dialog', { name: 'You have changes that are not applied' });

  // By its key as by its button; Escape leaves all as it is.
  await button(/^Training/).evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press('Space');
  await asks.waitFor();
  await page.keyboard.press('Escape');
  await asks.waitFor({ state: 'hidden' });
  expect(await step()).toBe(1);

  await playground.play();
  await asks.getByRole('button', { name: 'Go on without' }).click();
  await expect.poll(status).toMatch(/^Step 20 of 20 · finished/);

  // Reset leaves nothing to lose.
  await button('Reset').click();
  await expect.poll(status).toBe('Step 0 of 9 · WASM');
  await playground.ready();
  await playground.steps(1);
  await page.getByRole('textbox', { name: 'Steps' }).fill('8');
  await page.getByText('Not applied yet: Training.').waitFor();
  await playground.play();
  await asks.getByRole('button', { name: 'Start again with them' }).click();
  await expect.poll(status).toMatch(/^Step 8 of 8 · finished/);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a link to a text that is not in this browser leads to adding it', async () => {
  const playground = await openPlayground(
    browser,
    `${tiny}&text.kind=own&text.id=0123456789abcdef&text.name=Village`,
    { wait: false },
  );
  const { page, button } = playground;
  const failure = page.getByRole('alert').filter({ hasText: 'The text is not in this browser' });
  await failure.getByRole('button', { name: 'Add the text…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own text' });
  await dialog.getByRole('textbox', { name: 'Text' }).fill(englishText());
  await dialog.getByRole('button', { name: 'Check this text' }).click();
  await dialog.getByRole('button', { name: 'Use it with the present teacher' }).click();
  await playground.ready();
  await button(/^Text My text/).waitFor();
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('text at twice its size is cut nowhere in the experiment, the menu and the dialogs', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button } = playground;
  // Through a sheet of its own, since the page's policy lets no style element in.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('html { font-size: 200% }');
    document.adoptedStyleSheets.push(sheet);
  });
  await button(/^Text/).click();
  /** Elements whose words are wider or taller than what shows of them. */
  const cut = () =>
    page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'section[aria-labelledby] button, .mantine-Modal-body *, .mantine-Menu-item',
        ),
      ]
        .filter(
          (element) =>
            element.closest('section')?.querySelector('h2')?.textContent === 'Experiment' ||
            element.closest('.mantine-Modal-body, .mantine-Menu-dropdown'),
        )
        .filter((element) => !element.closest('select, textarea, input'))
        .filter((element) => getComputedStyle(element).overflow !== 'visible')
        .filter(
          (element) =>
            element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
        )
        .map((element) => element.textContent),
    );
  const size = await page.getByRole('heading', { name: 'Experiment' }).evaluate((heading) => {
    const note = heading.parentElement?.querySelector('p');
    return note ? Number.parseFloat(getComputedStyle(note).fontSize) : 0;
  });
  expect(size).toBeGreaterThan(24);
  expect(await cut()).toEqual([]);
  await button('Use your own text…').click();
  await page.getByRole('dialog').waitFor();
  expect(await cut()).toEqual([]);
  await page.keyboard.press('Escape');
  await button(/^Preset: /).click();
  await page.getByRole('menuitem').first().waitFor();
  expect(await cut()).toEqual([]);
  await playground.close();
});

test('in forced colours what is chosen is told from what is not', async () => {
  const playground = await openPlayground(browser, tiny, {
    context: { forcedColors: 'active', colorScheme: 'dark' },
  });
  const { page } = playground;
  const label = (text: string) =>
    page
      .getByRole('region', { name: 'Losses' })
      .locator('.mantine-SegmentedControl-label', { hasText: text })
      .evaluate((element) => getComputedStyle(element).color);
  expect(await label('linear')).not.toBe(await label('log'));
  const indicator = page.locator('.mantine-SegmentedControl-indicator').first();
  const [own, sheet] = await indicator.evaluate((element) => [
    getComputedStyle(element).backgroundColor,
    getComputedStyle(document.body).backgroundColor,
  ]);
  expect(own).not.toBe(sheet);
  await playground.close();
});
