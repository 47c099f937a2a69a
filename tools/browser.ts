/**
 * The Chromium that the tests run in: an installed one, else one that is installed here. As a command
 * (`tsx tools/browser.ts`) it makes sure that there is one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type LaunchOptions } from 'playwright';

const commands = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome'];

/** Where installers put Chrome, Chromium and (on Windows) Edge. */
function usualPlaces(): string[] {
  const { env } = process;
  if (process.platform === 'darwin') {
    const apps = ['/Applications', join(env.HOME ?? '', 'Applications')];
    return apps.flatMap((folder) =>
      ['Google Chrome', 'Chromium'].map((name) => join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  if (process.platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (root) => root !== undefined,
    );
    const names = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe'];
    return [...names, 'Microsoft\\Edge\\Application\\msedge.exe'].flatMap((name) =>
      roots.map((root) => join(root, name)),
    );
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/** A file may be there and not start: Ubuntu's `chromium-browser` only asks for a snap, libraries may be missing. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false;
  // On Windows `--version` would open a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0;
}

/**
 * Path of a Chromium that starts, or undefined. `CHROME_PATH` comes first, then the usual places, then Playwright's.
 * @throws when `CHROME_PATH` is set to something that doesn't start.
 */
export function findBrowser(): string | undefined {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (starts(wanted)) return wanted;
    throw new Error(
      `CHROME_PATH is ${wanted}, which doesn't start. Correct it, or unset it to search for a browser.`,
    );
  }
  return [...usualPlaces(), chromium.executablePath()].find(starts);
}

/** Runs a command with its output on standard error; true when it went well. */
function ran(command: string, ...parameters: string[]): boolean {
  return spawnSync(command, parameters, { stdio: ['ignore', 2, 2] }).status === 0;
}

function playwright(...parameters: string[]): boolean {
  const folder = dirname(createRequire(import.meta.url).resolve('playwright/package.json'));
  return ran(process.execPath, join(folder, 'cli.js'), ...parameters);
}

/** Installs from Debian's or Ubuntu's packages, where that needs no password. */
function installPackages(): void {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0) return;
  const [command, ...before] = root ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  if (!ran(command, ...before, 'update', '-qq')) return;
  if (existsSync(chromium.executablePath())) {
    // Playwright's browser arrived but doesn't start: libraries are missing.
    playwright('install-deps', 'chromium');
  } else {
    ran(command, ...before, 'install', '-y', '-qq', '--no-install-recommends', 'chromium');
  }
}

/**
 * Path of a Chromium that starts, installed now if there is none: Playwright's, else the distribution's.
 * @throws with what to do when neither can be had.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found) return found;
  console.error('No Chrome or Chromium found: installing one for the tests.');
  playwright('install', 'chromium');
  if (!findBrowser()) installPackages();
  const installed = findBrowser();
  if (installed) return installed;
  throw new Error(
    'The tests need Chrome or Chromium and could not install one. Install it yourself, and if it is in an unusual ' +
      'place set CHROME_PATH to it; then run the command again.',
  );
}

/**
 * How Playwright starts the browser. With `webgpu` there is an adapter on every machine: an emulated one where
 * there is no GPU, and on Linux, where Chromium would keep it off. Without, `navigator.gpu` gives no adapter.
 */
export function launchOptions({ webgpu }: { webgpu: boolean }): LaunchOptions {
  const executablePath = findBrowser();
  return {
    ...(executablePath && { executablePath }),
    args: [webgpu ? '--enable-unsafe-webgpu' : '--disable-gpu'],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.error(`Browser: ${ensureBrowser()}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
