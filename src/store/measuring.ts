/** Measurements that a person asks for, or that come with a run's end. */
import type { SetState } from './machineParts';
import type { Notices } from './notices';
import type { WorkerClient } from './workerClient';

interface MeasuringParts {
  set: SetState;
  notices: Notices;
  worker: () => WorkerClient;
  /** Counts openings: the answer to what was asked of a run before is dropped. */
  opening: () => number;
}

export class Measuring {
  constructor(private readonly parts: MeasuringParts) {}

  /** How long each model takes. */
  async latency() {
    const { set, notices, worker, opening } = this.parts;
    const asked = opening();
    set({ measuring: true });
    const latency = await notices.ask(worker().call('measureLatency', {}));
    if (asked === opening()) set({ measuring: false, ...(latency ? { latency } : {}) });
  }

  /** That, and held-out figures on all of the text. */
  async all() {
    const { set, notices, worker, opening } = this.parts;
    const asked = opening();
    set({ measuring: true });
    await notices.ask(worker().call('evaluate', {}));
    if (asked === opening()) await this.latency();
  }
}
