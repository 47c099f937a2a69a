import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground } from '../support/playgroundPage';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

test('the sentence is read as it is edited, what is wrong with it is said beside it, and training goes on', async () => {
  const playground = await openPlayground(
    browser,
    'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20000',
  );
  const { page, step, reach } = playground;
  const field = page.getByRole('textbox', { name: 'Sentence with one [MASK]' });
  const bars = page.getByRole('list', { name: 'Probabilities of the tokens shown, by model' });
  /** What stands beside the field, as a screen reader tells it. */
  const said = () =>
    field.evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
  await playground.predictionsAt(0);
  const before = await bars.innerText();
  await field.fill('The dog ran into the [MASK].');
  await expect.poll(() => bars.innerText()).not.toBe(before);

  await playground.play();
  await reach(2);
  const wrong = {
    '': 'There is no sentence',
    'There is no mask here.': 'The sentence has no [MASK] Write [MASK] in place of the word',
    'A [MASK] and a [MASK].': 'The sentence has 2 masks Keep one [MASK]',
    [`[MASK] ${'again and again '.repeat(30)}`]: 'The sentence is too long',
    'ουρανός [MASK]': 'The models know none of these words',
  };
  for (const [sentence, words] of Object.entries(wrong)) {
    const at = await step();
    await field.fill(sentence);
    await expect.poll(said).toContain(words);
    await reach(at + 2);
    expect(await said()).toContain(words);
  }
  await field.fill('ουρανός, said the [MASK].');
  await expect.poll(said).toBe('');
  await page.getByText(/The vocabulary can’t spell “ουραν/).waitFor();
  await playground.pause();
  expect(playground.errors).toEqual([]);
  await playground.close();
});
