/** Serves the built page, and nothing but its files, to this machine. */
import { realpathSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import sirv from 'sirv';
import { cacheChecked, cacheForever, headers, isHashed } from './policy.ts';

export interface Served {
  /** The page's address, with a slash at its end. */
  url: string;
  close(): Promise<void>;
}

/** What is for hosts, not for people. */
const hidden = ['/_headers'];

/** Types that sirv does not know, or names without the encoding. */
const types: [RegExp, string][] = [
  [/\.safetensors$/, 'application/octet-stream'],
  [/\.(txt|md)$/, 'text/plain; charset=utf-8'],
  [/\.tsv$/, 'text/tab-separated-values; charset=utf-8'],
  [/\.js$/, 'text/javascript; charset=utf-8'],
  [/\.css$/, 'text/css; charset=utf-8'],
];

/** Whether a path leads to a file within the folder, without a link on the way: links may lead anywhere. */
function isFileIn(root: string, path: string): boolean {
  const full = join(root, path);
  try {
    return full.startsWith(root + sep) && realpathSync.native(full) === full && statSync(full).isFile();
  } catch {
    return false;
  }
}

/** A request's path as a person reads it; null where it is none. */
function pathOf(target = '/'): string | null {
  const [path] = target.split(/[?#]/);
  try {
    return decodeURIComponent(path === '/' ? '/index.html' : path);
  } catch {
    return null;
  }
}

/**
 * @param port 0: any that is free
 * @throws where the port is taken, or the folder can't be read
 */
export async function serveFolder(folder: string, port: number): Promise<Served> {
  const root = realpathSync.native(folder);
  const send = sirv(root, {
    // Looks at the folder at each request, which a new build may have filled anew.
    dev: true,
    brotli: true,
    gzip: true,
    etag: true,
    extensions: ['html'],
    setHeaders: (response, path) => {
      response.setHeader('Cache-Control', isHashed(path) ? cacheForever : cacheChecked);
      const type = types.find(([name]) => name.test(path))?.[1];
      if (type) response.setHeader('Content-Type', type);
    },
  });
  let hosts: string[] = [];

  function answer(request: IncomingMessage, response: ServerResponse) {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // Another site's page can point a name of its own at this machine, and would read what is served here.
    if (!hosts.includes(request.headers.host?.toLowerCase() ?? '')) {
      return refuse(request, response, 403, 'This server answers to localhost alone.');
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(request, response, 405, 'There are only files here: GET and HEAD.');
    }
    const path = pathOf(request.url);
    if (path === null || hidden.includes(path) || !isFileIn(root, path)) {
      return refuse(request, response, 404, 'There is no such file.');
    }
    // Whole files alone, as HTTP allows: sirv reads `bytes=-5` as the first bytes.
    delete request.headers.range;
    send(request, response);
  }

  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  hosts = ['localhost', '127.0.0.1', '[::1]'].flatMap((name) =>
    bound === 80 ? [name, `${name}:80`] : [`${name}:${bound}`],
  );
  return {
    url: `http://localhost:${bound}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, words: string) {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(words),
    'Cache-Control': 'no-store',
  });
  response.end(request.method === 'HEAD' ? undefined : words);
}
