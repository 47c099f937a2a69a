/** Looks through what was recorded of the run, by hand or as a film, while training goes on or rests as it was. */
import { frameAt, probeOf, segmentOf } from '../protocol/recording';
import type { GetState, SetState } from './machineParts';
import type { Past, PlaygroundState } from './state';

/** Recorded steps a second of a film at its usual speed. */
const framesPerSecond = 4;
/** Milliseconds between two pictures of a film at least: faster ones leave steps out. */
const leastPause = 100;

export class Scrubbing {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly set: SetState,
    private readonly get: GetState,
  ) {}

  /** To the recorded step next before, or at, this one. Beyond the newest, back to now. */
  seek(step: number) {
    const { recording, status } = this.get();
    this.rest();
    if (step >= status.step) return this.backToLive();
    this.show(frameAt(recording, step));
  }

  /** So many recorded steps on, or back. Beyond the newest, back to now. */
  seekBy(frames: number) {
    this.rest();
    this.move(frames);
  }

  backToLive() {
    this.rest();
    this.set({ past: null });
  }

  /** Plays on from the moment that is looked at; from the beginning where that is now. */
  replay() {
    const { past, recording } = this.get();
    if (recording.frames.length === 0) return;
    if (!past) this.show(0);
    this.set({ replaying: true });
    this.wait();
  }

  rest() {
    clearTimeout(this.timer);
    if (this.get().replaying) this.set({ replaying: false });
  }

  setSpeed(replaySpeed: number) {
    this.set({ replaySpeed });
  }

  private wait() {
    clearTimeout(this.timer);
    const each = 1000 / (framesPerSecond * this.get().replaySpeed);
    // At a pause that is long enough to see each picture, so many frames go by.
    const frames = Math.max(1, Math.round(leastPause / each));
    this.timer = setTimeout(() => {
      if (!this.get().replaying) return;
      this.move(frames);
      if (this.get().past) this.wait();
      else this.rest();
    }, frames * each);
  }

  private move(frames: number) {
    const { past, recording, status } = this.get();
    const { length } = recording.frames;
    // Where the newest is of now, it is nothing to look back at.
    const isOfNow = length > 0 && recording.frames[length - 1].step >= status.step;
    const now = isOfNow ? length - 1 : length;
    const at = (past ? placeOf(recording, past) : now) + frames;
    if (at >= now) this.set({ past: null });
    else this.show(Math.max(0, at));
  }

  private show(index: number) {
    const past = pastAt(this.get().recording, index);
    if (past && past.frame !== this.get().past?.frame) this.set({ past });
  }
}

/** Index of the frame that is looked at; of the one before where it has been thinned out. */
function placeOf(recording: PlaygroundState['recording'], { frame, step }: Past): number {
  const exact = recording.frames.indexOf(frame);
  return exact === -1 ? frameAt(recording, step) : exact;
}

function pastAt(recording: PlaygroundState['recording'], index: number): Past | null {
  const frame = recording.frames[index];
  if (!frame) return null;
  const { stage } = segmentOf(recording, frame);
  return { frame, step: frame.step, stage, probe: probeOf(recording, frame) };
}
