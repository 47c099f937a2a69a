import * as tf from '@tensorflow/tfjs';
import { promptly } from './pump';
import { flush, internalsOf } from './webgpuInternals';

/** Updates that may be under way on the device at once: enough that it never waits for the CPU. */
const mostUnderWay = 3;

/** Updates under way on one device, oldest first. */
class Backlog {
  private readonly pending: Promise<void>[] = [];
  /** Whoever waits; a device that is lost may never answer, and who listens for that goes on. */
  private readonly waiting = new Set<() => void>();

  private isLost = false;

  constructor(private readonly device: GPUDevice) {
    void device.lost.then(() => {
      this.isLost = true;
      for (const goOn of this.waiting) goOn();
    });
  }

  async add() {
    if (this.isLost) return;
    this.pending.push(
      new Promise((resolve) => {
        const goOn = () => {
          this.waiting.delete(goOn);
          resolve();
        };
        this.waiting.add(goOn);
        const { device } = this;
        promptly(device, device.queue.onSubmittedWorkDone()).then(goOn, goOn);
      }),
    );
    if (this.pending.length > mostUnderWay) await this.pending.shift();
  }
}

const backlogs = new WeakMap<GPUDevice, Backlog>();

/** To be called after each update: waits for the oldest one where too many are under way. */
export async function keepUp(): Promise<void> {
  if (tf.getBackend() !== 'webgpu') return;
  const backend = internalsOf(tf.backend());
  flush(backend);
  const { device } = backend;
  const backlog = backlogs.get(device) ?? new Backlog(device);
  backlogs.set(device, backlog);
  await backlog.add();
}
