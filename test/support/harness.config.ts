/** `npx vite --config test/support/harness.config.ts`, then /test/support/harness.html: the page on the sample state. */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const sample = fileURLToPath(new URL('./samplePlayground.ts', import.meta.url));

const samplePlayground: Plugin = {
  name: 'sample-playground',
  enforce: 'pre',
  resolveId: (source, importer) =>
    source === './playground' && importer?.includes('/src/store/') ? sample : undefined,
};

export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  plugins: [samplePlayground, react()],
  server: { port: 5180 },
});
