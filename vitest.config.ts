import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './tools/browser.ts';

const minute = 60_000;

/** Three projects: `unit` in Node, `browser` in a real Chromium with WebGPU, `e2e` against the built page. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/**/*.browser.test.{ts,tsx}'],
          testTimeout: minute,
        },
      },
      {
        extends: './vite.config.ts',
        // Vite looks for packages where the tests lead by imports; a worker is found only when it starts, and the
        // page would reload in the middle of a test. AssemblyScript is no JavaScript.
        optimizeDeps: { entries: ['src/**/*.{ts,tsx}', '!src/cli/**', '!src/**/*.as.ts'] },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          // An emulated GPU takes seconds to compile one shader, and files side by side only slow each other down.
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions({ webgpu: true }) }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.e2e.ts'],
          globalSetup: './test/support/servedPage.ts',
          // What takes a moment takes a long one on a busy machine.
          expect: { poll: { timeout: minute / 2 } },
          testTimeout: 3 * minute,
          hookTimeout: 3 * minute,
          // Where other work holds the machine up, a click can miss what leaves by itself; what fails twice is broken.
          retry: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
