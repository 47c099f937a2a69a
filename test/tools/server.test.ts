import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressFolder } from '../../tools/serve/buildPlugin';
import { headers, headersFile, metaPolicy } from '../../tools/serve/policy';
import { type Served, serveFolder } from '../../tools/serve/server';

const root = mkdtempSync(join(tmpdir(), 'stillroom-server-'));
const folder = join(root, 'dist');
const script = `export const words = ${JSON.stringify('all work and no play '.repeat(200))};`;
const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * i * 31 + i * 7919) % 251));
let served: Served;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  mkdirSync(join(folder, 'teachers'));
  mkdirSync(join(root, 'outside'));
  writeFileSync(join(root, 'outside', 'secret.txt'), 'secret');
  writeFileSync(join(root, 'package.json'), '{}');
  writeFileSync(join(folder, 'index.html'), `<!doctype html><p>${'Stillroom '.repeat(200)}</p>`);
  writeFileSync(join(folder, '_headers'), headersFile());
  writeFileSync(join(folder, 'licences.txt'), '“MIT”');
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), script);
  writeFileSync(join(folder, 'assets', 'kernels-3c4d.wasm'), Buffer.alloc(4096));
  writeFileSync(join(folder, 'assets', 'font-5e6f.woff2'), noise);
  writeFileSync(join(folder, 'teachers', 'model.safetensors'), Buffer.alloc(8192, 'weights '));
  symlinkSync(join(root, 'outside', 'secret.txt'), join(folder, 'secret.txt'));
  symlinkSync(join(root, 'outside'), join(folder, 'linked'));
  symlinkSync(join(root, 'nowhere'), join(folder, 'broken.txt'));
  await compressFolder(folder);
  served = await serveFolder(folder, 0);
});
afterAll(async () => {
  await served.close();
  rmSync(root, { recursive: true });
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** As it is written, unlike `fetch`, which tidies paths and sets headers of its own. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(served.url);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server', () => {
  it.each([
    ['/', 'text/html;charset=utf-8', 'no-cache'],
    ['/?preset=tiny#x', 'text/html;charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html;charset=utf-8', 'no-cache'],
    ['/licences.txt', 'text/plain; charset=utf-8', 'no-cache'],
    ['/teachers/model.safetensors', 'application/octet-stream', 'no-cache'],
    ['/assets/index-1a2b.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/kernels-3c4d.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
    ['/assets/font-5e6f.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
  ])('gives %s as %s, kept %s, under the policy', async (path, type, cache) => {
    const { status, headers: given } = await ask(path);
    expect(status).toBe(200);
    expect(given['content-type']).toBe(type);
    expect(given['cache-control']).toBe(cache);
    expect(given.etag).toMatch(/^W\/".+"$/);
    for (const [name, value] of Object.entries(headers)) expect(given[name.toLowerCase()], name).toBe(value);
    expect(given).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    '/assets/nothing.js',
    '/package.json',
    '/nothing',
    '/assets',
    '/assets/',
    '/_headers',
    '/secret.txt',
    '/linked/secret.txt',
    '/broken.txt',
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/index.html%00.js',
    '/%',
    '/%ff',
    'http://elsewhere.example/index.html',
  ])('has no %s, and says so in words of its own under the same policy', async (path) => {
    const { status, headers: given, body } = await ask(path);
    expect(status).toBe(404);
    expect(String(body)).toBe('There is no such file.');
    expect(given['content-type']).toBe('text/plain; charset=utf-8');
    expect(given['content-security-policy']).toBe(headers['Content-Security-Policy']);
  });

  it('compresses what is worth it, and says that it differs by encoding', async () => {
    const path = '/assets/index-1a2b.js';
    const plain = await ask(path);
    expect(String(plain.body)).toBe(script);
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const { headers: given, body } = await ask(path, { headers: { 'accept-encoding': encoding } });
      expect(given['content-encoding']).toBe(encoding);
      expect(given.vary).toBe('Accept-Encoding');
      expect(given['content-type']).toBe('text/javascript; charset=utf-8');
      expect(Number(given['content-length'])).toBe(body.length);
      expect(body.length).toBeLessThan(script.length / 4);
      expect(String(unpack(body))).toBe(script);
      expect(given.etag).not.toBe(plain.headers.etag);
    }
    for (const other of ['/', '/assets/kernels-3c4d.wasm', '/teachers/model.safetensors']) {
      const { headers: given } = await ask(other, {
        headers: { 'accept-encoding': 'gzip, deflate, br, zstd' },
      });
      expect(given['content-encoding'], other).toBe('br');
    }
    const font = await ask('/assets/font-5e6f.woff2', { headers: { 'accept-encoding': 'br' } });
    expect(font.headers).not.toHaveProperty('content-encoding');
    expect(font.body.equals(noise)).toBe(true);
  });

  it('answers 304 to who has the file already', async () => {
    const { headers: given } = await ask('/');
    const again = await ask('/', { headers: { 'if-none-match': given.etag! } });
    expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 });
    expect((await ask('/', { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(200);
  });

  it('answers HEAD as GET without its body', async () => {
    for (const path of ['/', '/assets/index-1a2b.js', '/nothing.js']) {
      const [get, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
      expect(head.status).toBe(get.status);
      expect(head.body.length).toBe(0);
      expect(head.headers['content-length']).toBe(String(get.body.length));
    }
  });

  it.each(['bytes=-5', 'bytes=0-5', 'bytes=99999-', 'nonsense'])(
    'gives all of a file to a Range: %s',
    async (range) => {
      const { status, body, headers: given } = await ask('/assets/index-1a2b.js', { headers: { range } });
      expect(status).toBe(200);
      expect(String(body)).toBe(script);
      expect(given).not.toHaveProperty('content-range');
    },
  );

  it('takes GET and HEAD alone', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers: given } = await ask('/', { method });
      expect(status).toBe(405);
      expect(given.allow).toBe('GET, HEAD');
    }
  });

  it('answers to the names of this machine alone, with the port', async () => {
    const { port } = new URL(served.url);
    for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
      expect((await ask('/', { headers: { host } })).status, host).toBe(200);
    }
    for (const host of [
      ...['elsewhere.example', `elsewhere.example:${port}`, 'localhost', '127.0.0.1', 'localhost:1'],
      ...[
        `192.168.0.1:${port}`,
        `[fe80::1]:${port}`,
        `localhost.elsewhere.example:${port}`,
        `0.0.0.0:${port}`,
      ],
    ]) {
      const { status, body } = await ask('/', { headers: { host } });
      expect(status, host).toBe(403);
      expect(String(body)).not.toContain('Stillroom');
    }
  });

  it('serves what a later build put there', async () => {
    writeFileSync(join(folder, 'assets', 'later-7a8b.js'), 'later');
    expect(String((await ask('/assets/later-7a8b.js')).body)).toBe('later');
  });

  it('fails where the port is taken', async () => {
    await expect(serveFolder(folder, Number(new URL(served.url).port))).rejects.toThrow('EADDRINUSE');
  });
});

describe('the policy', () => {
  const directives = (policy: string) =>
    new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule]));

  it('lets no text become a script or a style, and nothing come from elsewhere', () => {
    for (const policy of [metaPolicy, headers['Content-Security-Policy']]) {
      expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
      expect(directives(policy).get('script-src')).toBe("script-src 'self' 'wasm-unsafe-eval'");
      expect(directives(policy).get('default-src')).toBe("default-src 'self'");
      expect(directives(policy).get('object-src')).toBe("object-src 'none'");
    }
  });

  it('is one: the header adds to the meta what a meta can not say', () => {
    const [inMeta, inHeader] = [directives(metaPolicy), directives(headers['Content-Security-Policy'])];
    expect([...inHeader.keys()].filter((name) => !inMeta.has(name))).toEqual(['frame-ancestors']);
    for (const [name, rule] of inMeta) expect(inHeader.get(name)).toBe(rule);
  });

  it('stands in docs/hosting.md as it is', () => {
    const page = readFileSync(new URL('../../docs/hosting.md', import.meta.url), 'utf8');
    for (const [name, value] of Object.entries(headers)) expect(page).toContain(`\n${name}: ${value}\n`);
  });

  it('is in the file for hosts, header by header', () => {
    const [all, assets] = headersFile().split('\n\n');
    expect(all.split('\n')).toEqual([
      '/*',
      ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`),
    ]);
    expect(assets).toBe('/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n');
  });
});
