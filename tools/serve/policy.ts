/**
 * What the page may do, in one place: the server's headers, the `<meta>` for hosts that send none, and the file
 * `_headers` that some static hosts read are all made of this. docs/hosting.md explains it to whoever hosts the page.
 */

/** Sources by directive of the Content-Security-Policy, as far as a `<meta>` can say them too. */
const directives = {
  'default-src': ["'self'"],
  // Compiling WebAssembly counts as a kind of eval; JavaScript from text does not run.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // React and the charts set styles through the CSSOM, and Mantine's are adopted (src/ui/styleSheets.ts): both need no permission.
  'style-src': ["'self'"],
  // jax-js, which the benchmark measures, starts its threads from a text of its own; ours are files. Such a worker is
  // under the same policy as whoever starts it.
  'worker-src': ["'self'", 'blob:'],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

const spell = (rules: Record<string, string[]>) =>
  Object.entries(rules)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');

/** For `<meta http-equiv="Content-Security-Policy">`. */
export const metaPolicy = spell(directives);

/** Who may put the page into a frame can be said in a header alone; a learning platform's origin would be added here. */
const headerPolicy = spell({ ...directives, 'frame-ancestors': ["'self'"] });

/** Cross-origin isolation, which threads of WebAssembly need. The third gives it inside another site's frame too (Chromium). */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Document-Isolation-Policy': 'isolate-and-require-corp',
};

const unusedFeatures = [
  ...['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer'],
  ...['microphone', 'midi', 'payment', 'usb'],
];

/** Headers of every answer. Workers need them as much as the page. */
export const headers: Record<string, string> = {
  'Content-Security-Policy': headerPolicy,
  ...isolation,
  'X-Content-Type-Options': 'nosniff',
  // A link holds the whole experiment, which is nobody else's business.
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
};

/** Names in `assets/` come from their content, so that what is kept is never stale. */
export const cacheForever = 'public, max-age=31536000, immutable';
/** Asked about each time: 304 where nothing has changed. */
export const cacheChecked = 'no-cache';

export const isHashed = (path: string) => path.startsWith('/assets/');

/** The file `_headers` as Netlify and Cloudflare Pages read it. Other files they have asked about each time by themselves. */
export function headersFile(): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, '', '/assets/*', `  Cache-Control: ${cacheForever}`, ''].join('\n');
}
