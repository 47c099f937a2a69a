/** `npm start`: builds the playground and serves it, cross-origin isolated; `-- --port N` chooses another port. */
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

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
const server = await preview({ preview: { port, open: hasDesktop() }, logLevel: 'warn' });
console.log(
  `Stillroom is at ${server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`} (Ctrl+C stops it)`,
);
