/** Measurements that a person asks for, or that come with a run's end. */
import type { LedgerSetting } from '../config/ledger';
import type { CommandPayload, CommandReply, EvaluationPoint } from '../protocol/messages';
import { ledgerKept } from './ledgerRecord';
import type { GetState, SetState } from './machineParts';
import type { Notices } from './notices';
import type { WorkerClient } from './workerClient';

interface MeasuringParts {
  set: SetState;
  get: GetState;
  notices: Notices;
  worker: () => WorkerClient;
  /** Counts openings: the answer to what was asked of a run before is dropped. */
  opening: () => number;
}

/** What models are asked while the run rests. */
type Question = 'calibrate' | 'measureCurves' | 'guessHeldOut' | 'judgeVariants';

export class Measuring {
  /** Counts questions, so that only the last one says that nothing is asked any more. */
  private questions = 0;
  private watchesLayers = false;

  constructor(private readonly parts: MeasuringParts) {}

  /** How long each model takes. */
  async latency() {
    const { set, notices, worker, opening } = this.parts;
    const asked = opening();
    set({ measuring: true });
    const latency = await notices.ask(worker().call('measureLatency', {}));
    if (asked === opening()) set({ measuring: false, ...(latency ? { latency } : {}) });
  }

  /** The answer of the models. Rejects with a problem. */
  async ask<Q extends Question>(question: Q): Promise<CommandReply<Q>> {
    const { set, worker } = this.parts;
    const asked = ++this.questions;
    set({ guessing: 0 });
    try {
      return await worker().call(question, {} as CommandPayload<Q>);
    } finally {
      if (asked === this.questions) set({ guessing: null });
    }
  }

  /** Whether somebody looks at how alike layers are; also to have them compared at once. */
  watchLayers(watched: boolean) {
    this.watchesLayers = watched;
    if (this.parts.get().phase === 'ready') this.tellWatching();
  }

  /** How often it is looked what each term gives to the gradient; null: no more. */
  keepLedger(setting: LedgerSetting | null) {
    const { get, set } = this.parts;
    set({ ledger: ledgerKept(get().ledger, setting) });
    if (get().phase === 'ready') this.tellKeeping();
  }

  /** A run has been opened, and knows nothing of who looks. */
  settle() {
    if (this.watchesLayers) this.tellWatching();
    if (this.parts.get().ledger.setting) this.tellKeeping();
  }

  private tellKeeping() {
    const { worker, get } = this.parts;
    void worker()
      .call('keepLedger', get().ledger.setting)
      .catch(() => {});
  }

  private tellWatching() {
    const { watchesLayers: watched } = this;
    void this.parts
      .worker()
      .call('watchLayers', { watched })
      .catch(() => {});
  }

  /** Held-out figures on all of the text at the step where the run rests, unless they are known. Rejects with a problem. */
  async heldOut(): Promise<EvaluationPoint> {
    const { get, set, worker, opening } = this.parts;
    const { latestFull, status } = get();
    const isKnown = latestFull?.step === status.step && (latestFull.stage ?? 0) === (status.stage ?? 0);
    if (isKnown) return latestFull;
    const asked = opening();
    set({ measuring: true });
    try {
      return await worker().call('evaluate', {});
    } finally {
      if (asked === opening()) set({ measuring: false });
    }
  }

  /** Held-out figures on all of the text, then how long each model takes. */
  async all() {
    const { set, notices, worker, opening } = this.parts;
    const asked = opening();
    set({ measuring: true });
    await notices.ask(worker().call('evaluate', {}));
    if (asked === opening()) await this.latency();
  }
}
