/** The engines by name, loaded when they are measured. */
import type { BenchEngine, EngineName } from './engine';

export const engines: Partial<Record<EngineName, () => Promise<BenchEngine>>> = {
  stillroom: async () => (await import('./stillroom')).stillroom,
  tfjs: async () => (await import('./tfjsPeer')).tfjsPeer,
  'jax-js': async () => (await import('./jaxPeer')).jaxPeer,
};
