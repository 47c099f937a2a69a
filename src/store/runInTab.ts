/** The run of this tab: under which name it is kept, and how far it is known to have got. */
import { changesBy, settingsBetween, withoutChanges, withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import type { OpenRequest } from '../protocol/messages';
import type { MachineParts, Playground } from './machineParts';
import type { ClaimedTab } from './tab';

type Parts = Pick<MachineParts, 'tab' | 'notes' | 'place'>;

export class RunInTab {
  private claim: Promise<ClaimedTab> | null = null;
  /** Null before it is known, and once nothing is to be kept any more. */
  private name: string | null = null;

  private copied = false;
  private ended = false;

  constructor(private readonly parts: Parts) {}

  /** What the worker is asked to open. */
  async request(
    asked: Pick<OpenRequest, 'experiment' | 'resume' | 'from' | 'at' | 'sentence' | 'backend'>,
  ): Promise<OpenRequest> {
    const { tab, notes, place } = this.parts;
    this.claim ??= tab();
    const { name, duplicateOf } = await this.claim;
    if (!this.ended) this.name = name;
    // Asked for once: later on this tab has a run of its own.
    const copyOf = this.copied ? null : duplicateOf;
    this.copied = true;
    return {
      ...asked,
      tab: name,
      copyOf,
      baseUrl: place.baseUrl(),
      reached: notes.read(),
    };
  }

  /**
   * Notes how far the run is, where a page that goes can still write it.
   * @param acting the experiment as it was last sent to the worker
   */
  note({ opened, status, history }: Playground, acting: Experiment) {
    if (!this.name || !opened || status.step === 0) return;
    const { step } = status;
    // What has been sent is in the history once the worker says so.
    const start = withoutChanges(opened.experiment, opened.history.changes);
    const confirmed = withSettings(start, history.changes);
    const sent = changesBy(confirmed, step, settingsBetween(confirmed, acting));
    const { birth } = opened;
    this.parts.notes.write(this.name, { birth, step, changes: [...history.changes, ...sent] });
  }

  /** The run was taken back, or another one begins. */
  forget() {
    if (this.name) this.parts.notes.forget(this.name);
  }

  /** Nothing is noted from now on. */
  end() {
    this.forget();
    this.name = null;
    this.ended = true;
  }
}
