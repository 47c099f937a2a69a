/** How much of the time work in the background takes: all of it, a share, or none. */
import { type BackgroundPace, besideShare } from '../protocol/background';
import { breathe, Nap } from './pace';

/** Milliseconds of work after which messages are heard. */
const breathEvery = 20;
/** Milliseconds that are made up for at most: a long call has its own rest, and no later one pays for it again. */
const longestRest = 30_000;

export interface PacerParts {
  now: () => number;
  breathe: () => Promise<void>;
  nap: (milliseconds: number) => Promise<void>;
  wake: () => void;
}

function browserParts(): PacerParts {
  const nap = new Nap();
  return {
    now: () => performance.now(),
    breathe,
    nap: (milliseconds) => nap.take(milliseconds),
    wake: () => nap.wake(),
  };
}

export class Pacer {
  private pace: BackgroundPace;
  /** When the work began that has not been rested from, by `now`. */
  private since: number;
  private goOn = () => {};
  private resting: Promise<void> | null = null;

  constructor(
    pace: BackgroundPace = 'rest',
    private readonly parts: PacerParts = browserParts(),
  ) {
    this.pace = pace;
    this.since = parts.now();
  }

  set(pace: BackgroundPace) {
    this.pace = pace;
    if (pace !== 'rest') this.goOn();
    this.parts.wake();
  }

  /** True where other work must not wait for this: what it left on the device is then waited for within its share. */
  get isBeside() {
    return this.pace === 'beside';
  }

  /** To be awaited before the first piece of work. */
  begin(): Promise<void> {
    this.since = this.parts.now();
    return this.turn();
  }

  /** To be awaited between two pieces of work, as short as they can be: resolves when the next may begin. */
  async turn(): Promise<void> {
    const { now } = this.parts;
    const worked = now() - this.since;
    if (this.pace === 'beside') {
      await this.parts.nap(Math.min(longestRest, worked * (1 / besideShare - 1)));
    } else if (this.pace === 'full') {
      if (worked < breathEvery) return;
      await this.parts.breathe();
    }
    while (this.pace === 'rest') {
      this.resting ??= new Promise((resolve) => {
        this.goOn = resolve;
      });
      await this.resting;
      this.resting = null;
    }
    this.since = now();
  }
}
