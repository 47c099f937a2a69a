import { type APIResponse, type Browser, chromium, type Page, type Route } from 'playwright';
import { launchOptions } from '../../tools/browser';

/** Starts the tests' Chromium, with a WebGPU adapter (emulated where there is no GPU) or without any. */
export function launchChromium({ webgpu }: { webgpu: boolean }): Promise<Browser> {
  return chromium.launch(launchOptions({ webgpu }));
}

/**
 * Puts JavaScript in front of every script of the built page that `page` loads from now on, its workers' too
 * (`page.addInitScript` does not reach those).
 */
export async function prependToScripts(page: Page, code: string): Promise<void> {
  await changeAnswers(page, '**/assets/*.js', async (response) => ({
    body: `${code};${await response.text()}`,
  }));
}

/** Makes the page and its workers believe in that many cores, by which they choose how many WASM threads they start. */
export function pretendCores(page: Page, cores: number): Promise<void> {
  return prependToScripts(
    page,
    `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${cores} })`,
  );
}

/** Takes `navigator.gpu` away from the page and its workers, as in a browser without WebGPU. */
export function hideWebGpu(page: Page): Promise<void> {
  return prependToScripts(page, 'delete Object.getPrototypeOf(navigator).gpu');
}

/** Serves the page without the headers that isolate it, as a static host does. */
export async function leaveIsolationOut(page: Page): Promise<void> {
  await changeAnswers(page, /\/(\?.*)?$/, (response) => {
    const headers = { ...response.headers() };
    delete headers['cross-origin-opener-policy'];
    delete headers['cross-origin-embedder-policy'];
    delete headers['document-isolation-policy'];
    return { headers };
  });
}

type Change = Pick<NonNullable<Parameters<Route['fulfill']>[0]>, 'body' | 'headers'>;

/** Answers requests with what the server says, changed. */
async function changeAnswers(
  page: Page,
  url: string | RegExp,
  change: (response: APIResponse) => Change | Promise<Change>,
): Promise<void> {
  await page.route(url, async (route) => {
    try {
      const response = await route.fetch();
      await route.fulfill({ response, ...(await change(response)) });
    } catch (error) {
      // What is on its way when a page closes has nowhere to arrive.
      if (!page.isClosed() && !/has been closed|disposed|Test ended/.test(String(error))) throw error;
    }
  });
}
