import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Experiment } from '../../src/config/experiment';
import { encodeExperiment } from '../../src/config/urlWriting';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';
import { taskStages } from '../support/taskStages';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

/** One task stage of two updates, whose teacher is tuned as briefly as can be. */
const [, , last] = [taskStages, ...taskStages.later!];
const brief: Experiment = {
  ...last,
  text: { kind: 'task', id: 'feelings' },
  training: { ...last.training, steps: 2, dropout: undefined },
  teacher: taskStages.teacher,
  arms: taskStages.arms.map(({ later, id, student, initialisation }) => ({
    id,
    student,
    initialisation,
    ...later![1],
  })),
};

test('a run leaves its row, the table fills by itself until it is stopped, and a row can be deleted', async () => {
  const query = encodeExperiment(JSON.parse(JSON.stringify(brief)), 'tiny');
  const playground = await openPlayground(browser, `backend=wasm&${query}`);
  const { page, button } = playground;
  await button('Table of tasks').click();
  await page.getByText('Nothing is here yet').waitFor();
  await page.keyboard.press('Escape');
  await playground.play();
  await playground.reach(2);
  await button('Table of tasks').click();
  const dialog = page.getByRole('dialog');
  const row = dialog.getByRole('row', { name: /^no teacher/ });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/1 seed/);
  const { violations } = await new AxeBuilder({ page }).include('[role="dialog"]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);

  await button('Fill the next empty cell').click();
  await dialog.getByText(/^Filling: /).waitFor();
  // It goes on behind a dialog that is closed, and the page says so.
  await page.keyboard.press('Escape');
  await button('Table of tasks (is being filled)').click();
  // Topics is the next column; another task follows it by itself.
  await expect.poll(() => row.getByText('1 seed').count(), { timeout: 90_000 }).toBeGreaterThanOrEqual(4);
  await button('Stop').click();
  await button('Fill the next empty cell').waitFor();

  await button('Delete the row no teacher').click();
  await button('Delete?').click();
  await row.waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await button('Kept here').click();
  await page.getByText(/^\d+ runs?$/).waitFor();
  expect(playground.errors).toEqual([]);
});
