/** A WebGPU device of our own, given to tfjs: tfjs's asks for fewer limits and never hears that it was lost. */

import { registerBackend, removeBackend } from '@tensorflow/tfjs';
import { describeAdapter } from '../../config/adapters';
import { type Problem, ProblemError } from '../../config/problems';
import { describeDevice } from '../../kernels/backends/webgpu';
import { RangedWebgpuBackend } from '../../kernels/backends/webgpuInternals';

/** The limits that tfjs sizes its programs and buffers by; the adapter's own are asked for. */
const raisedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

export interface FoundAdapter {
  adapter: GPUAdapter;
  description: string;
  /** True where WebGPU is emulated on the CPU. */
  software: boolean;
}

/** The adapter that the browser offers; null without one. */
export async function findAdapter(): Promise<FoundAdapter | null> {
  const adapter = await globalThis.navigator?.gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  return { adapter, ...describeAdapter(adapter.info) };
}

/**
 * Registers tfjs's backend `webgpu` on a new device. `onLost` is called when the device goes away by itself, and when
 * it is destroyed from outside, but not after `release`.
 * @throws ProblemError backendUnavailable
 */
export async function registerWebgpu(
  { adapter, software }: FoundAdapter,
  { onLost, onError }: { onLost: (reason: string) => void; onError: (problem: Problem) => void },
) {
  const limits = Object.fromEntries(raisedLimits.map((name) => [name, adapter.limits[name]]));
  const features = (['timestamp-query', 'subgroups'] as const).filter((feature) =>
    adapter.features.has(feature),
  );
  let device: GPUDevice;
  try {
    device = await adapter.requestDevice({ requiredLimits: limits, requiredFeatures: features });
  } catch (cause) {
    throw new ProblemError('backendUnavailable', { backend: 'WebGPU' }, { cause });
  }
  let ended = false;
  void device.lost.then(({ message }) => {
    if (!ended) onLost(message);
    ended = true;
  });
  device.addEventListener('uncapturederror', ({ error }) => {
    // Whatever a device that is gone still complains about.
    if (ended) return;
    const full = error instanceof GPUOutOfMemoryError;
    onError(full ? { code: 'outOfMemory' } : { code: 'unexpected', values: { message: error.message } });
  });
  describeDevice(device, software);
  removeBackend('webgpu');
  registerBackend('webgpu', () => new RangedWebgpuBackend(device, adapter.info), 3);
  return {
    release: () => {
      ended = true;
      device.destroy();
    },
  };
}
