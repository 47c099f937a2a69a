/** The wiring board in the built page: a live map of likeness, and wires that hands and keys move over it. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

const still = { reducedMotion: 'reduce' } as const;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const small = 'training.batchSize=2&training.steps=2000';

/** The board, opened by the button that is in sight; resolves once it has been measured. */
async function board({ page, button }: PlaygroundPage) {
  await button('Wiring board…').first().click();
  const dialog = page.getByRole('dialog', { name: 'Wiring board' });
  await dialog.getByText(/^Measured at step/).waitFor();
  const measuredAt = async () =>
    Number(
      /at step ([\d,]+)/.exec(await dialog.getByText(/^Measured at step/).innerText())?.[1].replace(',', ''),
    );
  return {
    dialog,
    measuredAt,
    joint: (level: number) => dialog.getByRole('slider', { name: `Student layer ${level}` }),
  };
}

test('from the attention: figures of every pair, wires by keys and by hand, guards at once, and what grew after a restart', async () => {
  const playground = await openPlayground(
    browser,
    `backend=wasm&preset=tiny&arms.0.weights.attn=1&arms.0.weights.hidn=1&${small}`,
    {
      context: still,
    },
  );
  const { page } = playground;
  await playground.steps(2);
  const { dialog, measuredAt, joint } = await board(playground);
  // Opened at step 2, it knows step 0 too: three levels of the student beside five of the teacher.
  await expect.poll(measuredAt).toBe(2);
  const cells = dialog.getByRole('cell').filter({ hasText: /\d\.\d\d/ });
  expect(await cells.count()).toBe(15);
  await dialog.getByText(/^From step 0 to step 2 the wired pairs of layers went from/).waitFor();
  await dialog
    .getByText(/L_?attn/)
    .first()
    .waitFor();
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);

  // It goes on beside the run, which plays from here.
  await dialog.getByRole('button', { name: 'Play' }).click();
  await expect.poll(measuredAt, { timeout: 90_000 }).toBeGreaterThan(4);
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByRole('button', { name: 'Play' }).waitFor();
  const wired = await joint(1).getAttribute('aria-valuenow');
  expect(wired).toBe('2');

  // By keys: the second layer below the first runs backwards, and is refused in words.
  await joint(2).focus();
  await page.keyboard.press('Home');
  expect(await joint(2).getAttribute('aria-valuenow')).toBe('1');
  await dialog.getByText('The mapping runs backwards').waitFor();
  expect(await dialog.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
  await page.keyboard.press('End');
  expect(await joint(2).getAttribute('aria-valuetext')).toMatch(/^teacher layer 4, alike by \d\.\d\d$/);
  await expect.poll(() => dialog.getByText('The mapping runs backwards').count()).toBe(0);

  // By hand: the first layer's wire is dragged one column to the left, and let go.
  const from = (await joint(1).boundingBox())!;
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  const pitch = await dialog
    .locator('col')
    .nth(1)
    .evaluate((column) => parseFloat((column as HTMLElement).style.width));
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - pitch, y, { steps: 4 });
  await page.mouse.up();
  expect(await joint(1).getAttribute('aria-valuenow')).toBe('1');
  await dialog.getByText('The run has other wires until the changes are applied', { exact: false }).waitFor();

  // A change of the experiment, made as its editors make it: the run starts again, and the map is of its step 0.
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(measuredAt, { timeout: 60_000 }).toBe(0);
  await dialog.getByText(/^At step \d+ of the run before, the pairs that are wired now were at/).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await playground.button(/^Mapping/).click();
  expect(await page.getByRole('combobox', { name: 'Student layer 1 with teacher layer' }).inputValue()).toBe(
    '1',
  );
  expect(await page.getByRole('combobox', { name: 'Student layer 2 with teacher layer' }).inputValue()).toBe(
    '4',
  );
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('from the editor on a phone, dark: cosines and why there are none, most alike, nothing scrolls sideways', async () => {
  const playground = await openPlayground(browser, `backend=wasm&preset=minilmv2&${small}`, {
    context: { ...phone, ...still, colorScheme: 'dark' },
  });
  const { page, button } = playground;
  await button('Experiment').click();
  const drawer = page.getByRole('dialog', { name: 'Experiment' });
  await drawer.getByRole('button', { name: /^Mapping/ }).click();
  await drawer.getByRole('button', { name: 'Wiring board…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Wiring board' });
  await dialog.getByText(/^Measured at step 0/).waitFor();
  await dialog.getByText(/No loss of this student goes by the wires/).waitFor();
  await dialog.getByText('cosine', { exact: true }).click();
  await dialog.getByText(/^There is no cosine: the student is 64 wide, the teacher 128/).waitFor();
  expect(
    await dialog
      .getByRole('cell')
      .filter({ hasText: /\d\.\d\d/ })
      .count(),
  ).toBe(0);
  expect(await violations(playground, '[role="dialog"]')).toEqual([]);
  await dialog.getByText('CKA', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Most alike' }).click();
  // Before the first step nothing is lost: it is applied at once, and measured again.
  await dialog.getByText(/^Measured at step 0/).waitFor();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
