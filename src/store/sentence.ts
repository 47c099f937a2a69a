/** The sentence on screen, and what the models make of it. */
import { problemOf } from '../config/problems';
import type { GetState, SetState } from './machineParts';
import type { WorkerClient } from './workerClient';

/** A sentence is read once typing pauses, in milliseconds. */
const probeAfter = 150;

interface SentenceParts {
  set: SetState;
  get: GetState;
  worker: () => WorkerClient;
  /** Counts openings: the answer to what was asked of a run before is dropped. */
  opening: () => number;
}

export class Sentence {
  /** True once the address or a person has set it. */
  isChosen = false;
  private probing: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: SentenceParts) {}

  /** That of a person's choice; null while there is none. */
  get chosen(): string | null {
    return this.isChosen ? this.parts.get().sentence : null;
  }

  choose(sentence: string) {
    this.isChosen = true;
    this.parts.set({ sentence });
    if (this.parts.get().phase !== 'ready') return;
    this.cancel();
    this.probing = setTimeout(() => void this.probe(sentence), probeAfter);
  }

  /** What is still waiting to be read is not. */
  cancel() {
    clearTimeout(this.probing);
  }

  /** A run is open, with this sentence where nobody has chosen another. */
  settle(ofRun: string) {
    const { set, get } = this.parts;
    if (!this.isChosen) set({ sentence: ofRun });
    else if (get().sentence !== ofRun) void this.probe(get().sentence);
  }

  /** Another stage asks of sentences another thing. */
  enter(sentence: string) {
    const { set, get } = this.parts;
    this.cancel();
    this.isChosen = false;
    if (get().sentence !== sentence) set({ sentence, sentenceProblem: null });
  }

  private async probe(sentence: string) {
    const { set, get, worker, opening } = this.parts;
    const asked = opening();
    const [probe, problem] = await worker()
      .call('probe', { sentence })
      .then(
        (probe) => [probe, null] as const,
        (error) => [null, problemOf(error)] as const,
      );
    if (asked !== opening() || get().sentence !== sentence) return;
    if (problem) {
      if (problem.code !== 'interrupted') set({ sentenceProblem: problem });
    } else set({ probe, sentenceProblem: null });
  }
}
