/** Records a run while it goes: each probe that is taken anyway becomes a frame, told to the page and kept with the checkpoints. */
import type { Experiment } from '../config/experiment';
import type { RecordedFrame, RecordedSegment, Recording } from '../config/recording';
import type { Probe } from '../config/results';
import { stageOfState } from '../config/stages';
import type { Emit } from '../protocol/port';
import { emptyRecording, recordedOf, segmentOf, upToFrame, withFrame } from '../protocol/recording';

/** What is on disk as it is. */
export type KnownRows = ReadonlySet<RecordedFrame | RecordedSegment>;

export interface RecorderParts {
  emit: Emit;
  /** What the run begins with; null: nothing. */
  recording: Recording | null;
  /** True where that is on disk under this run's name. */
  onDisk: boolean;
  save: (recording: Recording, known: KnownRows) => Promise<void>;
}

export class Recorder {
  recording: Recording;
  private known: KnownRows;

  constructor(private readonly parts: RecorderParts) {
    this.recording = parts.recording ?? emptyRecording();
    this.known = parts.onDisk ? rowsOf(this.recording) : new Set();
  }

  /** A probe of now. One that comes after a later one is not recorded. @param stage counted from 0 */
  take(probe: Probe, stage: number) {
    const last = this.recording.frames.at(-1);
    if (last && (last.step > probe.step || segmentOf(this.recording, last).stage > stage)) return;
    const recorded = recordedOf(this.recording, probe, stage);
    this.recording = withFrame(this.recording, recorded);
    this.parts.emit('recorded', recorded);
  }

  /** The run went back to a step. */
  takeBack(step: number, experiment: Experiment) {
    this.recording = recordedUpTo(this.recording, step, experiment);
  }

  /** Writes what is new since the last time. @throws ProblemError of the storage */
  async keep() {
    const { recording } = this;
    await this.parts.save(recording, this.known);
    this.known = rowsOf(recording);
  }
}

const rowsOf = ({ frames, segments }: Recording): KnownRows => new Set([...frames, ...segments]);

/** What was recorded of a run by the time that it had done so many updates. */
export const recordedUpTo = (recording: Recording, step: number, experiment: Experiment): Recording =>
  upToFrame(recording, step, stageOfState(experiment, step));
