import * as tf from '@tensorflow/tfjs';
import { flush, internalsOf } from './webgpuInternals';

/** Updates that may be under way on the device at once: enough that it never waits for the CPU. */
const mostUnderWay = 3;

const underWay = new WeakMap<GPUDevice, Promise<unknown>[]>();

/** To be called after each update: waits for the oldest one where too many are under way. */
export async function keepUp(): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = internalsOf(tf.backend());
  flush(backend);
  const { device } = backend;
  const pending = underWay.get(device) ?? [];
  underWay.set(device, pending);
  // A device that is lost may never answer; whoever listens for that goes on.
  pending.push(Promise.race([device.queue.onSubmittedWorkDone().catch(() => {}), device.lost]));
  if (pending.length > mostUnderWay) await pending.shift();
}
