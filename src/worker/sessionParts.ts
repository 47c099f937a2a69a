/** What a session is made of; tests hand in stand-ins that compute nothing. */
import type { BackendName, BackendReport, Reached } from '../config/results';
import type { keepRecording, loadRecording } from '../storage/recordings';
import type { ArmState, Kept as KeptHere, Loaded, loadBorder, RunRecord } from '../storage/runs';
import type { saveTeacher } from '../storage/teachers';
import type { StartedBackend, StartOptions } from '../train/backends/choose';
import type { CourseParts } from '../train/course';
import type { StageTrainer } from '../train/stageTrainer';
import type { OwnRowsFiles } from './ownRows';
import type { OwnVectors } from './ownVectors';
import type { SourceLoader, Sources } from './sources';

export interface SessionParts {
  startBackend: (
    options: Pick<StartOptions, 'forced' | 'onLost' | 'onError' | 'after'>,
  ) => Promise<StartedBackend>;
  loader: Pick<SourceLoader, 'load' | 'rememberText' | 'endTuning' | 'endRun'>;
  makeTrainer: CourseParts<Sources>['make'];
  rows: OwnRowsFiles;
  vectors: OwnVectors;
  /** Milliseconds that an update of this trainer should take at most; a guess. */
  expectedStep: (trainer: Pick<StageTrainer, 'stepFlops'>, backend: BackendReport) => number;
  runs: {
    loadRun: (id: string) => Promise<Loaded>;
    loadNewestRun: () => Promise<Loaded>;
    loadBorder: typeof loadBorder;
    keepRun: (
      record: RunRecord,
      arms: Record<string, ArmState> | null,
      reached: Reached | null,
    ) => Promise<Pick<KeptHere, 'gaveWay' | 'kept' | 'letGo'>>;
    keepReached: (id: string, reached: Reached) => Promise<void>;
    clearRun: (id: string) => Promise<void>;
    keepRecording: typeof keepRecording;
    loadRecording: typeof loadRecording;
  };
  saveTeacher: typeof saveTeacher;
  now: () => number;
  /** A name that no other run has. */
  newBirth: () => string;
}

export type Forced = BackendName | null;
