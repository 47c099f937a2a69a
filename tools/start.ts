/** `npm start`: builds the playground and serves it to this machine; `-- --port N` chooses another port. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { serveFolder } from './serve/server.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const port = Number(values.port);

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** Asked before the build, so that nobody waits for it in vain. */
function isFree(wanted: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(wanted, 'localhost', () => probe.close(() => resolve(true)));
  });
}

/** Whether someone sits in front of this machine. */
function hasDesktop(): boolean {
  const { env, platform } = process;
  if (env.CI || env.SSH_CONNECTION) return false;
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/** Nobody needs it to work: the address is printed as well. */
function openInBrowser(url: string) {
  const [command, ...before] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const child = spawn(command, [...before, url], { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

if (!Number.isInteger(port) || port < 1 || port > 65535) {
  fail(`--port is ${values.port}, but a port is a whole number from 1 to 65535.`);
}
if (!(await isFree(port))) {
  const other = port < 65535 ? port + 1 : port - 1;
  fail(
    `Port ${port} is taken: perhaps the playground is already running at http://localhost:${port}/.\n` +
      `Stop what runs there, or choose another port: npm start -- --port ${other}`,
  );
}
console.log('Building the playground ...');
await build({ logLevel: 'warn' });
const { url } = await serveFolder(fileURLToPath(new URL('../dist', import.meta.url)), port);
console.log(`Stillroom is at ${url} (Ctrl+C stops it)`);
if (hasDesktop()) openInBrowser(url);
