import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium';
import { openPlayground, type PlaygroundPage } from '../support/playgroundPage';
import { englishText, koreanText } from '../support/texts';

const tiny = 'backend=wasm&preset=tiny&training.batchSize=4&training.steps=20';
let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium({ webgpu: false });
});
afterAll(() => browser?.close());

async function openDialog({ page, button }: PlaygroundPage) {
  await button(/^Text/).click();
  await button('Use your own text…').click();
  const dialog = page.getByRole('dialog', { name: 'Your own text' });
  await dialog.waitFor();
  return dialog;
}

/** The same where the experiment's part for the text is open already. */
const openDialogAgain = ({ button }: PlaygroundPage) => button('Use your own text…').click();

const choose = (page: Page, name: string, content: string | Buffer) =>
  page
    .getByRole('dialog')
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

test('a text that can’t be used is refused in words, by file and by pasting, and the next one is taken', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page } = playground;
  const dialog = await openDialog(playground);
  const said = dialog.getByRole('alert');
  const english = englishText();
  const files: [file: string | Buffer, words: string][] = [
    ['', 'There is no text in it'],
    ['  \n\n \t ', 'There is no text in it'],
    ['Too little to learn from.', 'It has 25 bytes; 1,024 are the least'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, ...Buffer.from(english)]), 'This is not plain text'],
    [Buffer.concat([Buffer.from(english), Buffer.from([0xe9, 0x20, 0xff])]), 'The text is not in UTF-8'],
    [Buffer.alloc(10 * 1024 * 1024 + 1, 'a '), 'It has 10,485,761 bytes; the limit is 10,485,760'],
  ];
  for (const [file, words] of files) {
    await choose(page, 'mine.txt', file);
    await said.getByText(words).waitFor();
  }

  const field = dialog.getByRole('textbox', { name: 'Text' });
  const check = dialog.getByRole('button', { name: 'Check this text' });
  await check.click();
  await said.getByText('There is no text in it').waitFor();
  await field.fill('Too little to learn from, pasted.');
  await check.click();
  await said.getByText('It has 33 bytes').waitFor();
  await field.fill(english);
  await check.click();
  await dialog.getByText('“My text” can be used').waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a long text is read beside a run that goes on, and can be called off; folders and several files get a word', async () => {
  const playground = await openPlayground(browser, 'backend=wasm&preset=tiny&training.steps=20000');
  const { page, button, step } = playground;
  const dialog = await openDialog(playground);
  await page.evaluate(() => {
    const [input] = document.querySelectorAll('[role=dialog] input[type=file]');
    const drop = (...files: File[]) => {
      const transfer = new DataTransfer();
      for (const file of files) transfer.items.add(file);
      input.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    };
    drop(new File(['a'], 'a.txt'), new File(['b'], 'b.txt'));
  });
  await dialog.getByRole('alert').getByText('One file at a time').waitFor();

  const lines = Array.from(
    { length: 120_000 },
    (_, i) => `Line ${i} of a long text with words such as w${i * 7}x.`,
  );
  await choose(page, 'long.txt', lines.join('\n'));
  // Chosen once more under the same name, it must be seen as new.
  expect(await page.locator('[role=dialog] input[type=file]').inputValue()).toBe('');
  await dialog.getByText(/^Reading .* of .*MB/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Check this text' }).and(page.locator(':enabled')).waitFor();
  await choose(page, 'long.txt', englishText());
  await dialog.getByText('“long.txt” can be used').waitFor();
  // Looked at, not used: nothing is kept of it.
  await dialog.getByRole('button', { name: 'Close' }).click();
  const kept = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('stillroom');
        opening.onsuccess = () => {
          const counting = opening.result.transaction('texts').objectStore('texts').count();
          counting.onsuccess = () => resolve(counting.result);
        };
      }),
  );
  expect(kept).toBe(0);

  await button('Play').click();
  await openDialogAgain(playground);
  await choose(page, 'long.txt', lines.join('\n'));
  await dialog.getByText(/^Reading .* of .*MB/).waitFor();
  const before = await step();
  await expect.poll(step).toBeGreaterThan(before);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Check this text' }).and(page.locator(':enabled')).waitFor();
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('students learn an own text from the present teacher; a reload finds it again', async () => {
  const playground = await openPlayground(browser, tiny.replace('steps=20', 'steps=2000'));
  const { page, button } = playground;
  const dialog = await openDialog(playground);
  await choose(page, 'village.txt', englishText());
  await dialog.getByText('“village.txt” can be used').waitFor();
  await dialog.getByRole('button', { name: 'Use it with the present teacher' }).click();
  // Play, however soon it is pressed, trains what was chosen.
  await playground.play();
  await playground.reach(2);
  await playground.pause();
  await button(/^Text village.txt/).waitFor();
  const sentence = page.getByRole('textbox', { name: 'Sentence with one [MASK]' });
  expect(englishText()).toContain((await sentence.inputValue()).split('[MASK]')[0].trim());
  await page.reload();
  await playground.ready();
  await button(/^Text village.txt/).waitFor();
  await playground.steps(1);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a teacher learns an own text, on from the bundled one, and students learn from it at once', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button, status } = playground;
  const dialog = await openDialog(playground);
  await choose(page, 'village.txt', englishText());
  await dialog.getByRole('button', { name: 'Train a teacher on it…' }).click();
  const training = page.getByRole('dialog', { name: 'Train a teacher' });
  await training.getByText(/^It takes \d+ steps, which read the text .*: about .* here\.$/).waitFor();
  await training.getByRole('textbox', { name: 'Steps' }).fill('10');
  await training.getByRole('button', { name: 'Start training' }).click();
  // It starts by itself, and says what it is and how it gets better.
  const strip = page.getByRole('region', { name: 'A teacher in training' });
  await expect.poll(status).toMatch(/^Step 10 of 10 · finished/);
  await strip.getByText(/words right: .* at step \d+, .* at step \d+\. Loss on them: .* nats/).waitFor();
  expect(await button(/^Preset: /).innerText()).toBe('Own experiment');

  await strip.getByRole('button', { name: 'Distil from it now' }).click();
  await expect.poll(status).toMatch(/^Step [1-9]\d* of 500/);
  await playground.pause();
  await button(/^Teacher Teacher of village.txt/).waitFor();
  await button(/^Arms distilled no teacher/).waitFor();
  expect(await strip.count()).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});

test('a teacher is trained from scratch on Korean, with a vocabulary of its own', async () => {
  const playground = await openPlayground(browser, tiny);
  const { page, button, status } = playground;
  const dialog = await openDialog(playground);
  await choose(page, '한국어.txt', koreanText());
  await dialog.getByText('“한국어.txt” can be used').waitFor();
  // The present teacher can't spell it.
  expect(await dialog.getByRole('button', { name: 'Use it with the present teacher' }).isDisabled()).toBe(
    true,
  );
  await dialog.getByRole('button', { name: 'Train a teacher on it…' }).click();
  const training = page.getByRole('dialog', { name: 'Train a teacher' });
  await training.getByRole('radio', { name: 'From scratch, tiny' }).check();
  await training.getByRole('textbox', { name: 'Vocabulary' }).fill('256');
  await training.getByRole('textbox', { name: 'Steps' }).fill('3');
  await training.getByRole('button', { name: 'Start training' }).click();
  await expect.poll(status).toMatch(/^Step 3 of 3 · finished/);
  // Its own tokenizer can spell Korean: the sentence on screen is now one of the text's own.
  const sentence = page.getByRole('textbox', { name: 'Sentence with one [MASK]' });
  expect(await sentence.inputValue()).toMatch(/[가-힣].*\[MASK\]|\[MASK\].*[가-힣]/);
  await page
    .getByRole('textbox', { name: 'Sentence with one [MASK]' })
    .fill('할머니는 [MASK] 사과를 찾았다.');
  await playground.predictionsAt(3);
  await button('Tokenizer').click();
  const tokenizer = page.getByRole('dialog', { name: 'Tokenizer' });
  const unknown = tokenizer.getByText('[UNK]', { exact: true });
  // The English sentence that stands there first is all [UNK].
  await unknown.first().waitFor();
  await tokenizer.getByRole('textbox', { name: 'Sentence' }).fill('할머니는 사과를');
  await expect.poll(() => unknown.count()).toBe(0);
  expect(playground.errors).toEqual([]);
  await playground.close();
});
