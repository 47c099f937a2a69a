import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';

// Without a warm-up, so that few steps change the figures.
const long = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000&training.warmup=0';
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const marks = [0.25, 0.5, 1, 2, 4, 8, 16];
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

// Asked of the page itself: Playwright hears of a changed address later.
const parameter = ({ page }: PlaygroundPage, name: string) =>
  page.evaluate((name) => new URL(location.href).searchParams.get(name), name);
const bars = ({ page }: PlaygroundPage) =>
  page.getByRole('list', { name: 'Probabilities of the tokens shown, by model' }).innerText();
const press = async ({ page }: PlaygroundPage, key: string, times: number) => {
  for (let left = times; left > 0; left--) await page.keyboard.press(key);
};
const handles = ({ page }: PlaygroundPage) => ({
  view: page.getByRole('slider', { name: 'View at T' }),
  train: page.getByRole('slider', { name: 'Train at T' }),
});
const temperatureOf = async (handle: Locator) => Number(await handle.getAttribute('aria-valuenow'));
const bar = ({ page }: PlaygroundPage) => page.getByRole('region', { name: 'Temperature', exact: true });
const middle = async (element: Locator) => {
  const box = await element.boundingBox();
  if (!box) throw new Error('It has no box.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

test('the view moves by keyboard, in the bars and not in the run; training follows when it is told to', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button } = playground;
  const { view, train } = handles(playground);
  const words = bar(playground);
  await playground.predictionsAt(0);
  const before = await bars(playground);
  await words.getByText('View and training share one T.').waitFor();
  await view.focus();
  await press(playground, 'ArrowRight', 20);
  expect(await view.getAttribute('aria-valuetext')).toBe('T = 4.0');
  await page.getByText('probability at T = 4.0').waitFor();
  expect(await bars(playground)).not.toBe(before);
  await words
    .getByText('You look at the same logits at T = 4.0; the student still trains at T = 2.0.')
    .waitFor();
  expect(await temperatureOf(train)).toBe(2);
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe(null);

  await button('train at 4.0 too').click();
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe('4');
  await words.getByText('From the next step on the student trains at T = 4.0').waitFor();
  // Together again: the view follows.
  await train.focus();
  await page.keyboard.press('PageUp');
  expect([await temperatureOf(view), await temperatureOf(train)]).toEqual([8, 8]);

  await view.focus();
  await press(playground, 'PageDown', 3);
  await words.getByText('Softened').waitFor({ state: 'hidden' });
  await press(playground, 'Home', 1);
  await words.getByText('Sharpened').waitFor();
  await button('view at 8.0 again').click();
  expect([await temperatureOf(view), await temperatureOf(train)]).toEqual([8, 8]);
  await train.focus();
  await press(playground, 'PageDown', 2);
  await page.getByText('probability at T = 2.0').waitFor();
  expect(await bars(playground)).toBe(before);
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe(null);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test.each([
  ['a mouse', { viewport: { width: 1440, height: 900 } }],
  ['a finger', phone],
] as const)('with %s every mark is met exactly, and the handle stands on it', async (_, context) => {
  const playground = await openPlayground(browser, long, { context });
  const { page } = playground;
  const { view, train } = handles(playground);
  const hit = (x: number, y: number) =>
    'hasTouch' in context ? page.touchscreen.tap(x, y) : page.mouse.click(x, y);
  for (const mark of [...marks, ...marks.toReversed()]) {
    const place = bar(playground).locator(`[data-temperature="${mark}"]`);
    const figure = await middle(place);
    // Once its figure above the scale, and once the scale below it, a little beside the mark.
    await hit(figure.x + 3, figure.y - 18);
    await expect.poll(() => temperatureOf(view), { message: `figure of ${mark}` }).toBe(mark);
    expect(Math.abs((await middle(view)).x - figure.x)).toBeLessThan(0.51);
    await view.press(mark === 16 ? 'PageDown' : 'PageUp');
    await expect.poll(() => temperatureOf(view)).not.toBe(mark);
    await hit(figure.x - 2, (await middle(view)).y);
    await expect.poll(() => temperatureOf(view), { message: `scale at ${mark}` }).toBe(mark);
  }
  expect(await temperatureOf(train)).toBe(2);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('both handles are dragged, and come to rest on a mark that is near', async () => {
  const playground = await openPlayground(browser, long);
  const { page } = playground;
  const { view, train } = handles(playground);
  const drag = async (handle: Locator, mark: number, beside: number) => {
    const [from, to] = [
      await middle(handle),
      await middle(page.locator(`[data-temperature="${mark}"]`).first()),
    ];
    await page.mouse.move(from.x + 4, from.y + 2);
    await page.mouse.down();
    await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 4 });
    await page.mouse.move(to.x + 4 + beside, from.y + 60, { steps: 4 });
    await page.mouse.up();
  };
  await drag(view, 8, 5);
  expect([await temperatureOf(view), await temperatureOf(train)]).toEqual([8, 2]);
  await drag(train, 4, -5);
  expect([await temperatureOf(view), await temperatureOf(train)]).toEqual([8, 4]);
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe('4');
  await drag(view, 0.5, 30);
  expect(await temperatureOf(view)).toBeGreaterThan(0.5);
  expect(await temperatureOf(view)).toBeLessThan(1);
  await playground.close();
});

test('what can only be looked at: a run that is over, and a sweep', async () => {
  const playground = await openPlayground(browser, long.replace('20000', '3'));
  const { page } = playground;
  const { view, train } = handles(playground);
  await playground.steps(3);
  await expect.poll(playground.status).toContain('finished');
  await view.focus();
  await page.keyboard.press('End');
  await page.getByText('probability at T = 16').waitFor();
  await bar(playground).getByText('The run is over and keeps the T that it was trained at.').waitFor();
  expect(await train.count()).toBe(0);
  await page.getByRole('img', { name: 'distilled: trained at T = 2.0' }).waitFor();
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe(null);

  await page.getByRole('button', { name: /^Preset/ }).click();
  await page.getByRole('menuitem', { name: /sweep/ }).click();
  for (const temperature of ['1.0', '2.0', '4.0', '8.0']) {
    await page.getByRole('img', { name: new RegExp(`: trains at T = ${temperature}$`) }).waitFor();
  }
  expect(await train.count()).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('on a phone T stays in sight, and acts there; a panel that fills the screen keeps it too', async () => {
  const playground = await openPlayground(browser, long, { context: phone });
  const { page, button } = playground;
  const chart = page.getByRole('list', { name: 'Probabilities of the tokens shown, by model' });
  const compact = page.locator('section[aria-label="Transport"] [data-compact]');
  await playground.predictionsAt(0);
  expect(await compact.count()).toBe(0);
  await chart.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await compact.waitFor();
  const eight = await middle(compact.locator('[data-temperature="8"]'));
  expect(eight.y).toBeLessThan(200);
  await page.touchscreen.tap(eight.x + 2, eight.y);
  await page.getByText('probability at T = 8.0').waitFor();
  await expect.poll(() => parameter(playground, 'arms.0.temperature')).toBe(null);

  await button('Let Predictions fill the screen').click();
  const { view } = handles(playground);
  expect(await view.count()).toBe(1);
  await view.focus();
  await page.keyboard.press('PageDown');
  await page.getByText('probability at T = 4.0').waitFor();
  // The heading is not behind what sticks to the top.
  const transport = await page.getByRole('region', { name: 'Transport' }).boundingBox();
  const heading = await page.getByRole('heading', { name: 'Predictions' }).boundingBox();
  expect(heading?.y).toBeGreaterThanOrEqual((transport?.y ?? 0) + (transport?.height ?? 0));
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('on a projector the temperature, the first figures and the first bars are there without scrolling', async () => {
  const context = { viewport: { width: 1024, height: 576 }, deviceScaleFactor: 1.25 };
  const playground = await openPlayground(browser, long, { context });
  await playground.predictionsAt(0);
  const lowest = await playground.page
    .getByRole('list', { name: 'Probabilities of the tokens shown, by model' })
    .evaluate((list) => list.children[2].getBoundingClientRect().bottom);
  expect(lowest).toBeLessThanOrEqual(576);
  expect(await playground.page.evaluate(() => scrollY)).toBe(0);
  await playground.close();
});

test('the softmax lab has the same T, and no second one', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button } = playground;
  await button('Softmax lab').click();
  const lab = page.getByRole('region', { name: 'Softmax lab' });
  await lab.getByText('T = 2.0, as the page looks at it.').waitFor();
  const { view } = handles(playground);
  await view.focus();
  await page.keyboard.press('PageUp');
  await lab.getByText('T = 4.0, as the page looks at it.').waitFor();
  // Those that are there are the logits'.
  expect(await lab.getByRole('slider').count()).toBe(
    await lab.getByRole('slider', { name: /logit/ }).count(),
  );
  await playground.close();
});

test('temperature, weights and learning rate act while training, without a restart', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button, step, reach } = playground;
  await playground.play();
  await reach(5);
  await handles(playground).train.focus();
  const atChange = await step();
  await press(playground, 'ArrowRight', 8);
  await expect
    .poll(async () => Number(await parameter(playground, 'arms.0.temperature')))
    .toBeGreaterThan(2.5);
  await reach(atChange + 3);

  await button(/^Objective/).click();
  await page.getByRole('textbox', { name: 'Weight of L cos' }).fill('0');
  await expect.poll(() => parameter(playground, 'arms.0.weights.cos')).toBe('0');
  await button(/^Training/).click();
  await page.getByRole('textbox', { name: /^Learning rate/ }).fill('0');
  await expect.poll(() => parameter(playground, 'training.learningRate')).toBe('0');

  // At a learning rate of 0 nothing is learned any more, whatever the steps. The rate is on its way for a moment; what
  // the worker is asked after it comes after it: the first figures of another sentence were taken without learning.
  await page.getByRole('textbox', { name: 'Sentence with one [MASK]' }).fill('The boat was in the [MASK].');
  const figures = page.getByRole('table', { name: 'Figures by model' });
  const at = await playground.stepOfPredictions();
  const still = await figures.innerText();
  await expect.poll(playground.stepOfPredictions).toBeGreaterThanOrEqual(at + 6);
  expect(await figures.innerText()).toBe(still);

  expect(await page.getByText('starts again from step 0').count()).toBe(0);
  expect(await playground.pause()).toBeGreaterThan(atChange + 8);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a change of structure waits to be applied, then starts again from step 0 and says so', async () => {
  const playground = await openPlayground(browser, long);
  const { page, button, status, step } = playground;
  await playground.steps(2);
  await button(/^Training/).click();
  const steps = page.getByRole('textbox', { name: 'Steps' });
  // What could be two numbers is asked, and neither of them is taken before.
  await steps.fill('1.000');
  await page.getByText('Do you mean:').waitFor();
  expect(await page.getByText('Applying restarts').count()).toBe(0);
  await button('1,000').click();
  expect(await steps.inputValue()).toBe('1000');
  await steps.fill('30');
  await page.getByText('Applying restarts the run from step 0.').waitFor();
  expect(await step()).toBe(2);
  await button('Apply').click();
  await playground.notice('The experiment has changed: the run starts again from step 0.');
  await expect.poll(status).toBe('Step 0 of 30 · WASM');
  await expect.poll(() => parameter(playground, 'training.steps')).toBe('30');
  await playground.ready();
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
