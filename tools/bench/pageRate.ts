/**
 * How much of the engine's rate the running page keeps: updates a second of the default preset on WASM in the built page,
 * with everything that it does beside them (checkpoints, signs of life, held-out figures, predictions, drawing), against
 * the bare engine in the same browser. Taken in turns, since machines are noisy.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { quickPace } from '../../src/bench/measure';
import { median } from '../../src/bench/statistics';
import { workloads } from '../../src/bench/workloads';
import { launchOptions } from '../browser';
import { serveFolder } from '../serve/server';
import type { Host, Say } from './host';

/** Milliseconds of playing before the clock starts, and with it running. */
const warmUp = 4000;
const timed = 15_000;

export interface PageRate {
  /** Milliseconds of an update: medians over the turns. */
  pageMs: number;
  engineMs: number;
  turns: number;
}

/** @param turns how often page and engine are measured, one after the other */
export async function measurePageRate(host: Host, turns: number, say: Say): Promise<PageRate> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-page-'));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  await build({ root, logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const server = await serveFolder(folder, 0);
  const pages: number[] = [];
  const engines: number[] = [];
  try {
    for (let turn = 0; turn < turns; turn++) {
      const group = { backend: 'wasm', workload: workloads.default, engines: ['stillroom'] } as const;
      const { entries } = await host.measure({ ...group, engines: [...group.engines] }, quickPace);
      const [{ stepMs, pipelinedMs }] = entries;
      engines.push(pipelinedMs ?? stepMs);
      pages.push(await updateOfPage(`${server.url}?backend=wasm&preset=distilbert&training.steps=100000`));
      say(`page ${pages[turn].toFixed(1)} ms, engine ${engines[turn].toFixed(1)} ms an update`);
    }
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
  return { pageMs: median(pages), engineMs: median(engines), turns };
}

async function updateOfPage(url: string): Promise<number> {
  const browser = await chromium.launch(launchOptions({ webgpu: false }));
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(url);
    await page.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 60_000 });
    await page.waitForTimeout(warmUp);
    const [step, start] = [await stepOf(page), performance.now()];
    await page.waitForTimeout(timed);
    return (performance.now() - start) / ((await stepOf(page)) - step);
  } finally {
    await browser.close();
  }
}

const stepOf = async (page: Page) =>
  Number(/^Step (\d+)/.exec(await page.getByRole('status').first().innerText())?.[1]);

/** As a line of Markdown. */
export const pageRateLine = ({ pageMs, engineMs, turns }: PageRate) =>
  `**The running page**, default preset on WASM: ${pageMs.toFixed(1)} ms an update with all that goes with it, where the bare engine takes ${engineMs.toFixed(1)} ms: it keeps **${(engineMs / pageMs).toFixed(2)}** of the engine’s rate (medians of ${turns}, in turns).`;
