/** What this project adds to a backend. Call once the backend is up and before the first operation. */
import * as tf from '@tensorflow/tfjs';
import { accumulateKernel, adamWKernel, squaredNormKernel } from './adamW/kernel';
import { attentionGradientKernel, attentionKernel } from './attention/kernel';
import { cpuKernel } from './backends/cpu';
import type { Team } from './backends/team';
import { loadWasmKernels, wasmKernel } from './backends/wasm';
import { webgpuKernel } from './backends/webgpu';
import { registerTransposingMatMul } from './batchMatMul/wasm';
import { controlTargetsKernel, shuffledTargetsKernel, topTargetsKernel } from './controlTargets/kernel';
import { cosineLossGradientKernel, cosineLossKernel } from './cosineLoss/kernel';
import { decoupledLossGradientKernel, decoupledLossKernel } from './decoupledLoss/kernel';
import { divergenceGradientKernel, divergenceKernel } from './divergence/kernel';
import { dropoutKernel } from './dropout/kernel';
import { embeddingGradientKernel, embeddingKernel } from './embedding/kernel';
import { segmentSumKernel } from './gatherRows/kernel';
import { registerSharingIdentity } from './identity/wasm';
import type { FusedKernel } from './kernel';
import { layerNormGradientKernel, layerNormKernel } from './layerNorm/kernel';
import { logitDistanceGradientKernel, logitDistanceKernel } from './logitDistance/kernel';
import { geluGradientKernel, matMulKernel } from './matMul/kernel';
import { objectiveGradientKernel, objectiveKernel } from './objective/kernel';
import { relationLossKernel } from './relationLoss/kernel';
import { relationsGradientKernel, relationsKernel } from './relations/kernel';
import { squaredErrorGradientKernel, squaredErrorKernel } from './squaredError/kernel';
import { standardisedLossGradientKernel, standardisedLossKernel } from './standardisedLoss/kernel';
import { vocabularyLossGradientKernel, vocabularyLossKernel } from './vocabularyLoss/kernel';

/** Every fused operation. */
const kernels = [
  accumulateKernel,
  adamWKernel,
  attentionGradientKernel,
  attentionKernel,
  controlTargetsKernel,
  cosineLossGradientKernel,
  cosineLossKernel,
  divergenceGradientKernel,
  divergenceKernel,
  decoupledLossGradientKernel,
  decoupledLossKernel,
  dropoutKernel,
  embeddingGradientKernel,
  embeddingKernel,
  geluGradientKernel,
  layerNormGradientKernel,
  layerNormKernel,
  logitDistanceGradientKernel,
  logitDistanceKernel,
  matMulKernel,
  objectiveGradientKernel,
  objectiveKernel,
  relationLossKernel,
  relationsGradientKernel,
  relationsKernel,
  segmentSumKernel,
  shuffledTargetsKernel,
  squaredErrorGradientKernel,
  squaredErrorKernel,
  squaredNormKernel,
  standardisedLossGradientKernel,
  standardisedLossKernel,
  topTargetsKernel,
  vocabularyLossGradientKernel,
  vocabularyLossKernel,
] as unknown as FusedKernel[];

type Backend = 'webgpu' | 'wasm' | 'cpu';

export interface Registered {
  /** Threads of the processor that our kernels compute on. */
  threads: number;
}

const registered = new Map<Backend, Promise<Registered>>();

/**
 * Registers our kernels for one backend, which must be the current one; later calls for it do nothing, unless it failed.
 * @throws DownloadError
 */
export function registerKernels(backend: Backend): Promise<Registered> {
  const known = registered.get(backend);
  if (known) return known;
  const pending = register(backend);
  registered.set(backend, pending);
  pending.catch(() => registered.delete(backend));
  return pending;
}

async function register(backend: Backend): Promise<Registered> {
  const team = backend === 'wasm' ? await loadWasmKernels() : null;
  if (backend === 'wasm') {
    registerTransposingMatMul();
    registerSharingIdentity();
  }
  for (const kernel of kernels) tf.registerKernel(formOf(kernel, backend, team));
  return { threads: team?.threads ?? 1 };
}

function formOf(kernel: FusedKernel, backend: Backend, team: Team | null) {
  if (backend === 'webgpu') return webgpuKernel(kernel);
  return backend === 'wasm' ? wasmKernel(kernel, team) : cpuKernel(kernel);
}
