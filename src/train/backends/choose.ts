/**
 * Chooses and starts a tfjs backend: WebGPU on a real adapter first, WASM second and instead of a software adapter,
 * the CPU last; or the one that is forced.
 */
import * as tf from '@tensorflow/tfjs';
import { type Problem, ProblemError } from '../../config/problems';
import type { BackendName, BackendReport } from '../../config/results';
import { DownloadError } from '../../kernels/backends/errors';
import { registerKernels } from '../../kernels/register';
import { applyTuning, type Tuning, type TuningStore, tuningOf } from './tuning';

export interface StartOptions {
  forced: BackendName | null;
  /** Called once when a GPU device is lost. */
  onLost: (reason: string) => void;
  /** Called when a GPU device reports an error outside any call: what it computes can't be trusted from then on. */
  onError: (problem: Problem) => void;
  /** Where the forms of products are kept that suit a GPU; null: nowhere. */
  tunings: TuningStore | null;
  /** Where tfjs finds its three WASM binaries; null: beside its package (Node). */
  wasmPaths: Record<string, string> | null;
}

export interface StartedBackend {
  report: BackendReport;
  /** The forms of products that are fastest here; null where there is nothing to choose. It is in use already. */
  tuning: Tuning | null;
  /** Gives the device back. Tensors on it are gone afterwards. */
  release: () => void;
}

const nothing = () => {};

/** @throws ProblemError backendUnavailable where a forced backend can't be had; downloadFailed, downloadUnreachable */
export async function startBackend(options: StartOptions): Promise<StartedBackend> {
  switch (options.forced) {
    case 'webgpu':
      return (await startWebgpu(options, 'forced')) ?? unavailable('WebGPU');
    case 'wasm':
      return (await startWasm(options, 'forced', null)) ?? unavailable('WASM');
    case 'cpu':
      return startCpu('forced');
    default:
      return chooseBackend(options);
  }
}

async function chooseBackend(options: StartOptions): Promise<StartedBackend> {
  const gpu = typeof navigator !== 'undefined' && 'gpu' in navigator;
  const { findAdapter } = await import('./device');
  const found = gpu ? await findAdapter().catch(() => null) : null;
  let reason: BackendReport['reason'] = gpu ? 'noAdapter' : 'noWebgpu';
  if (found && !found.software) {
    const started = await startWebgpu(options, 'adapter').catch(() => null);
    if (started) return started;
    reason = 'webgpuFailed';
  } else if (found) {
    reason = 'softwareAdapter';
  }
  return (await startWasm(options, reason, found?.description ?? null)) ?? startCpu('noWasm');
}

async function startWebgpu(
  options: StartOptions,
  reason: BackendReport['reason'],
): Promise<StartedBackend | null> {
  const { findAdapter, registerWebgpu } = await import('./device');
  const found = await findAdapter();
  if (!found) return null;
  const { release } = await registerWebgpu(found, options);
  try {
    // Small tensors would otherwise be computed on the CPU, at the price of a read-back.
    tf.env().set('WEBGPU_CPU_FORWARD', false);
    if (!(await tf.setBackend('webgpu'))) unavailable('WebGPU');
    await registerKernels('webgpu');
    const { description: adapter, software } = found;
    // An emulated GPU has one form for all, since compiling costs most there.
    const tuning = software ? null : await tuningOf(adapter, options.tunings);
    applyTuning(tuning);
    return { report: { name: 'webgpu', reason, adapter, software, threads: 1 }, tuning, release };
  } catch (error) {
    // Nobody else will; and its loss later on must not be taken for that of the backend that runs then.
    release();
    throw error;
  }
}

async function startWasm(
  { wasmPaths }: StartOptions,
  reason: BackendReport['reason'],
  adapter: string | null,
): Promise<StartedBackend | null> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // tfjs refuses new paths once the backend has been made; they never change.
  if (wasmPaths && !tf.engine().registry.wasm) setWasmPaths(wasmPaths);
  try {
    if (!(await tf.setBackend('wasm'))) return null;
    const { threads } = await registerKernels('wasm');
    const report: BackendReport = { name: 'wasm', reason, adapter, software: false, threads };
    return { report, tuning: null, release: nothing };
  } catch (error) {
    if (error instanceof DownloadError) throw problemOfDownload(error);
    return null;
  }
}

async function startCpu(reason: BackendReport['reason']): Promise<StartedBackend> {
  await tf.setBackend('cpu');
  await registerKernels('cpu');
  const report: BackendReport = { name: 'cpu', reason, adapter: null, software: false, threads: 1 };
  return { report, tuning: null, release: nothing };
}

function problemOfDownload(cause: DownloadError): ProblemError {
  const { file, status } = cause;
  return status === null
    ? new ProblemError('downloadUnreachable', { file }, { cause })
    : new ProblemError('downloadFailed', { file, status }, { cause });
}

function unavailable(backend: string): never {
  throw new ProblemError('backendUnavailable', { backend });
}
