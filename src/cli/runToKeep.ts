/** A run of the command line as the page keeps one: curves, what was recorded on the way, and the state that it came to. */
import type { Experiment } from '../config/experiment';
import type { Recording } from '../config/recording';
import type { EvaluationPoint, RunHistory, StepPoint } from '../config/results';
import { defaultSentence } from '../config/sentences';
import { stepsBefore, stepsOf } from '../config/stages';
import { serialiseRun } from '../interop/runFile';
import { emptyHistory, withEvaluation, withPoints } from '../protocol/history';
import { emptyRecording, recordedOf, withFrame } from '../protocol/recording';
import { probeSentence } from '../train/probeSentence';
import type { StageTrainer } from '../train/stageTrainer';
import type { StageData } from './stageData';

/** Moments of a run that are recorded, beside the first and last of each stage: as many as a screen can tell apart. */
const moments = 400;
const noPause = async () => {};

export class RunToKeep {
  history: RunHistory = emptyHistory();
  recording: Recording = emptyRecording();
  sentence = defaultSentence;

  constructor(readonly experiment: Experiment) {}

  /** A stage begins, counted from 0. */
  async begin(trainer: StageTrainer, data: StageData, stage: number): Promise<KeptStage> {
    this.sentence = data.examples[0] ?? defaultSentence;
    const kept = new KeptStage(this, trainer, data, stage);
    await kept.look();
    await kept.evaluate();
    return kept;
  }

  /** The file, once the last stage has come to its end. */
  async file(trainer: StageTrainer, { fingerprint }: StageData): Promise<Buffer> {
    const { experiment, history, recording, sentence } = this;
    const { arms } = await trainer.takeSnapshot();
    const now = Date.now();
    const record = {
      id: 'command-line',
      birth: `command-line-${now.toString(36)}`,
      experiment,
      savedAt: now,
      step: stepsOf(experiment),
      history,
      sentence,
      fingerprint,
      tuning: null,
    };
    const file = serialiseRun({ record, arms, reached: null, recording });
    return Buffer.from(await file.arrayBuffer());
  }
}

/** A stage of it that is being trained. */
export class KeptStage {
  private readonly before: number;
  private readonly lookEvery: number;

  constructor(
    private readonly run: RunToKeep,
    private readonly trainer: StageTrainer,
    private readonly data: StageData,
    private readonly stage: number,
  ) {
    this.before = stepsBefore(run.experiment, stage);
    this.lookEvery = Math.ceil(stepsOf(run.experiment) / moments);
  }

  /** After each update. */
  async note(points: StepPoint[]) {
    const { trainer, run } = this;
    run.history = withPoints(
      run.history,
      points.map((point) => this.placed(point)),
    );
    const { steps, evaluateEvery } = trainer.experiment.training;
    const isLast = trainer.step === steps;
    if (trainer.step % this.lookEvery === 0 || isLast) await this.look();
    if (trainer.step % evaluateEvery === 0 && !isLast) await this.evaluate();
  }

  end(heldOut: EvaluationPoint) {
    this.run.history = withEvaluation(this.run.history, this.placed(heldOut));
  }

  async evaluate() {
    this.end(await this.trainer.evaluate('sample', noPause));
  }

  async look() {
    const { run, trainer, data, stage, before } = this;
    const probe = await probeSentence(trainer, data.asked, run.sentence);
    const placed = { ...probe, step: before + probe.step };
    run.recording = withFrame(run.recording, recordedOf(run.recording, placed, stage));
  }

  /** On the time axis of the whole run. */
  private placed<T extends StepPoint | EvaluationPoint>(point: T): T {
    const { stage, before } = this;
    return stage === 0 ? point : { ...point, step: before + point.step, stage };
  }
}
