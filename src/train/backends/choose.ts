/**
 * Chooses and starts a tfjs backend: WebGPU on a real adapter first, WASM second and instead of a software adapter,
 * the CPU last; or the one that is forced. After the loss of a GPU that does not come back, WASM.
 */
import * as tf from '@tensorflow/tfjs';
import { type Problem, ProblemError } from '../../config/problems';
import type { BackendName, BackendReport } from '../../config/results';
import { importPart } from '../../kernels/backends/download';
import { DownloadError } from '../../kernels/backends/errors';
import { registerKernels } from '../../kernels/register';
import { startTfjsWasm } from './startTfjsWasm';
import { applyTuning, type Tuning, type TuningStore, tuningOf } from './tuning';

export interface StartOptions {
  forced: BackendName | null;
  /** Called once when a GPU device is lost. */
  onLost: (reason: string) => void;
  /** Called when a GPU device reports an error outside any call: what it computes can't be trusted from then on. */
  onError: (problem: Problem) => void;
  /** Where the forms of products are kept that suit a GPU; null: nowhere. */
  tunings: TuningStore | null;
  /** `lostDevice`: a run waits to go on, on whatever there is, also where WebGPU was forced. */
  after?: 'lostDevice';
  /** Where tfjs finds its three WASM binaries; null: beside its package (Node). */
  wasmPaths: Record<string, string> | null;
}

export interface StartedBackend {
  report: BackendReport;
  /** The forms of products that are fastest here; null where there is nothing to choose. It is in use already. */
  tuning: Tuning | null;
  /** True where it stands in for a faster one that may be had at the next start: then start again, don't keep it. */
  provisional: boolean;
  /** Gives the device back. Tensors on it are gone afterwards. */
  release: () => void;
}

const nothing = () => {};

/**
 * @throws ProblemError backendUnavailable where a forced backend can't be had; downloadFailed or downloadUnreachable
 *   where a forced WASM did not arrive
 */
export async function startBackend(options: StartOptions): Promise<StartedBackend> {
  const { forced, after } = options;
  switch (forced) {
    case 'webgpu':
      if (after === 'lostDevice') return goOn(options);
      return (await startWebgpu(options, 'forced')) ?? unavailable('WebGPU');
    case 'wasm':
      return (await startWasm(options, 'forced', null).catch(refuseDownload)) ?? unavailable('WASM');
    case 'cpu':
      return startCpu('forced');
    default:
      return after === 'lostDevice' ? goOn(options) : chooseBackend(options);
  }
}

async function chooseBackend(options: StartOptions): Promise<StartedBackend> {
  const gpu = typeof navigator !== 'undefined' && 'gpu' in navigator;
  const found = gpu ? await findAdapter().catch(() => null) : null;
  let reason: BackendReport['reason'] = gpu ? 'noAdapter' : 'noWebgpu';
  if (found && !found.software) {
    const started = await startWebgpu(options, 'adapter').catch(() => null);
    if (started) return started;
    reason = 'webgpuFailed';
  } else if (found) {
    reason = 'softwareAdapter';
  }
  return startProcessor(options, reason, found?.description ?? null);
}

/** After the loss of a GPU: another one, else the processor. */
async function goOn(options: StartOptions): Promise<StartedBackend> {
  const { forced } = options;
  const found = await findAdapter().catch(() => null);
  // Where the system has taken the GPU away it may offer an emulated one, which is slower than the processor.
  if (found && (forced === 'webgpu' || !found.software)) {
    const started = await startWebgpu(options, forced ? 'forced' : 'adapter').catch(() => null);
    if (started) return started;
  }
  const started = await startProcessor(options, 'gpuLost', null);
  // Who forces WebGPU is told that it can't be had if it is asked for anew: what runs is kept instead.
  return { ...started, provisional: started.provisional || forced === null };
}

/** WASM, or what is left where that can't be had. */
async function startProcessor(
  options: StartOptions,
  reason: BackendReport['reason'],
  adapter: string | null,
): Promise<StartedBackend> {
  try {
    return (await startWasm(options, reason, adapter)) ?? startCpu('noWasm');
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    console.warn(error.message);
    return { ...(await startCpu('wasmDownloadFailed')), provisional: true };
  }
}

const loadDevice = () => importPart('WebGPU', () => import('./device'));
/** Some systems never answer: what isn't there by then is taken for none, in milliseconds. */
const adapterWithin = 10_000;

const findAdapter = async () => {
  const none = new Promise<null>((resolve) => setTimeout(resolve, adapterWithin, null));
  return Promise.race([(await loadDevice()).findAdapter(), none]);
};

async function startWebgpu(
  options: StartOptions,
  reason: BackendReport['reason'],
): Promise<StartedBackend | null> {
  const { findAdapter, registerWebgpu } = await loadDevice();
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
    const report: BackendReport = { name: 'webgpu', reason, adapter, software, threads: 1 };
    return { report, tuning, provisional: false, release };
  } catch (error) {
    // Nobody else will; and its loss later on must not be taken for that of the backend that runs then.
    release();
    throw error;
  }
}

/**
 * Null where there is no WebAssembly.
 * @throws DownloadError
 */
async function startWasm(
  { wasmPaths }: StartOptions,
  reason: BackendReport['reason'],
  adapter: string | null,
): Promise<StartedBackend | null> {
  const { setWasmPaths } = await importPart('WASM', () => import('@tensorflow/tfjs-backend-wasm'));
  try {
    if (!(await startTfjsWasm(wasmPaths, setWasmPaths))) return null;
    const { threads } = await registerKernels('wasm');
    const report: BackendReport = { name: 'wasm', reason, adapter, software: false, threads };
    return { report, tuning: null, provisional: false, release: nothing };
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    console.warn(error);
    return null;
  }
}

async function startCpu(reason: BackendReport['reason']): Promise<StartedBackend> {
  await tf.setBackend('cpu');
  await registerKernels('cpu');
  const report: BackendReport = { name: 'cpu', reason, adapter: null, software: false, threads: 1 };
  return { report, tuning: null, provisional: false, release: nothing };
}

function refuseDownload(cause: unknown): never {
  if (!(cause instanceof DownloadError)) throw cause;
  const { file, status } = cause;
  throw status === null
    ? new ProblemError('downloadUnreachable', { file }, { cause })
    : new ProblemError('downloadFailed', { file, status }, { cause });
}

function unavailable(backend: string): never {
  throw new ProblemError('backendUnavailable', { backend });
}
