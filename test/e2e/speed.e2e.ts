import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, pretendCores } from '../support/chromium';
import { openPlayground, type PageSetup } from '../support/playgroundPage';

const small = 'preset=tiny&training.batchSize=4&training.steps=20000';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
// Half faded in, words have too little contrast.
const still = { reducedMotion: 'reduce' } as const;
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** The page, with the dialog that measures. */
async function openSpeed(backend: 'wasm' | 'cpu', setup?: PageSetup) {
  const playground = await openPlayground(browser, `backend=${backend}&${small}`, setup);
  const { page, button } = playground;
  const dialog = page.getByRole('dialog', { name: 'How fast is this?' });
  const inDialog = (name: string) => dialog.getByRole('button', { name, exact: true });
  return {
    ...playground,
    dialog,
    inDialog,
    openDialog: async () => {
      await button(backend.toUpperCase()).press('Enter');
      await button('How fast is this?').press('Enter');
      await dialog.waitFor();
    },
    /** Presses Measure and waits for the figures. */
    measure: async () => {
      await inDialog('Measure').press('Enter');
      await inDialog('Measure again').waitFor({ timeout: 120_000 });
    },
    /** Workers in which engines are measured. */
    engines: () => page.workers().filter((worker) => worker.url().includes('benchWorker')).length,
    /** What axe-core finds serious or critical in the dialog. */
    violations: async () => {
      const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
      return violations.flatMap(({ id, impact, nodes }) =>
        impact === 'serious' || impact === 'critical'
          ? nodes.map(({ target }) => `${id}: ${target.join(' ')}`)
          : [],
      );
    },
  };
}

test('three engines are measured while the run rests, by keyboard; the figures stay and can be copied', async () => {
  const context = { ...still, permissions: ['clipboard-read', 'clipboard-write'] };
  const speed = await openSpeed('wasm', { context });
  const { page, button, dialog, inDialog } = speed;
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  const loadedEngines = () => loaded.filter((url) => /shortRun|benchWorker|stillroom-|Peer/.test(url));
  await speed.play();
  await speed.reach(2);
  await speed.openDialog();
  await inDialog('Measure').waitFor();
  expect(await speed.violations()).toEqual([]);
  expect(loadedEngines()).toEqual([]);

  await speed.measure();
  expect(loadedEngines().length).toBeGreaterThanOrEqual(5);
  await dialog
    .getByText(
      /On this machine a step takes .* plain TensorFlow\.js and .* jax-js; all three agree on the loss\./,
    )
    .waitFor();
  const table = dialog.getByRole('table', { name: 'What a step costs in each engine' });
  expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
    'Stillroom',
    'plain TensorFlow.js',
    'jax-js',
  ]);
  const losses = await table.getByRole('row', { name: /^Loss/ }).getByRole('cell').allInnerTexts();
  expect(losses).toHaveLength(3);
  for (const loss of losses) expect(Number(loss)).toBeCloseTo(Number(losses[0]), 2);
  await expect.poll(speed.engines).toBe(0);
  expect(await speed.violations()).toEqual([]);

  await table.getByRole('button', { name: 'Ten in a row' }).focus();
  await page.getByRole('tooltip').getByText('Time per step where ten follow each other').waitFor();
  await inDialog('Copy as text').press('Enter');
  await dialog.getByText('Copied', { exact: true }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('\tStillroom\tplain TensorFlow.js\tjax-js\nTime of a step\t');

  await inDialog('Close').press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('WASM');
  // The run was paused, and nothing set it going again.
  expect(await button('Play').isVisible()).toBe(true);
  await speed.openDialog();
  await inDialog('Measure again').waitFor();
  expect(await table.isVisible()).toBe(true);
  expect(speed.errors).toEqual([]);
  await speed.close();
});

test('Stop and closing the dialog end the workers of a measurement', async () => {
  const speed = await openSpeed('wasm');
  const { dialog, inDialog } = speed;
  await speed.openDialog();
  await inDialog('Measure').press('Enter');
  await expect.poll(speed.engines).toBeGreaterThan(0);
  await inDialog('Stop').press('Enter');
  await dialog.getByText('Stopped. No new figures were taken.').waitFor();
  await expect.poll(speed.engines).toBe(0);

  await inDialog('Measure').press('Enter');
  await expect.poll(speed.engines).toBe(3);
  await dialog.getByText(/^(Steps in turns|Ten steps in a row)/).waitFor();
  await speed.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  await expect.poll(speed.engines).toBe(0);
  // The page trains as before.
  await speed.steps(1);
  expect(speed.errors).toEqual([]);
  await speed.close();
});

test('on a phone, an engine that cannot be loaded is named with its reason, beside the figures of the others', async () => {
  const speed = await openSpeed('wasm', {
    context: { ...phone, ...still },
    prepare: async (page) => {
      await pretendCores(page, 2);
      await page.route('**/assets/jaxPeer-*.js', (route) => route.abort());
    },
  });
  const { page, dialog } = speed;
  await speed.openDialog();
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { value: true }));
  await speed.measure();
  await dialog.getByText('The page was out of sight for a while').waitFor();
  await dialog.getByText('jax-js could not be measured').waitFor();
  await dialog.getByText(/It stopped with “Failed to fetch/).waitFor();
  await dialog.getByText(/a step takes .* plain TensorFlow\.js; both agree on the loss\./).waitFor();
  expect(await dialog.getByRole('columnheader').allInnerTexts()).toEqual([
    'Stillroom',
    'plain TensorFlow.js',
  ]);
  const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(overflow).toBe(0);
  expect(await dialog.evaluate((element) => element.clientWidth)).toBe(phone.viewport.width);
  expect(await speed.violations()).toEqual([]);
  await speed.close();
});

test('on plain JavaScript the page says why there is nothing to compare', async () => {
  const speed = await openSpeed('cpu');
  await speed.openDialog();
  await speed.dialog.getByText('There is nothing to compare here').waitFor();
  expect(await speed.inDialog('Measure').count()).toBe(0);
  await speed.close();
});
