/**
 * An experiment's stages, one after the other, to whoever runs them as if they were one: one trainer at a time, whose
 * students go on with the weights that they have by then. Steps are counted through all stages.
 */
import { withSettings } from '../config/compare';
import type { Experiment } from '../config/experiment';
import type { EvaluationPoint, NumberSetting, StepPoint } from '../config/results';
import { stageAt, stageCount, stageOfPath, stageOfState, stepsBefore, stepsOf } from '../config/stages';
import type { Weights } from '../model/initialise';
import { stageTrainer } from './forkingTrainer';
import type { Snapshot } from './snapshot';
import type { StageTrainer } from './stageTrainer';
import { allTakenAlong } from './startingWeights';

type Heed = () => Promise<void>;

export interface CourseParts<D> {
  /**
   * Text or rows of a stage, counted from 0, and who teaches. May take long.
   * @param heed awaited now and then; what it throws ends the reading
   */
  read: (experiment: Experiment, stage: number, heed: Heed) => Promise<D>;
  /** @param stage as an experiment of its own @param before weights that students have from the stage before, by arm */
  make: (stage: Experiment, data: D, before: Record<string, Weights>) => StageTrainer;
}

export interface BeginOptions<D> {
  snapshot?: Snapshot | null;
  /** Data of stages that have been read. */
  known?: ReadonlyMap<number, D>;
  heed?: Heed;
}

export class Course<D> {
  private readonly known: Map<number, D>;

  private constructor(
    private whole: Experiment,
    private readonly parts: CourseParts<D>,
    known: ReadonlyMap<number, D>,
    private at: { stage: number; data: D; trainer: StageTrainer },
  ) {
    this.known = new Map(known);
    this.known.set(at.stage, at.data);
  }

  /**
   * A course in the state of a snapshot, or before its first update. Nothing of it stays on the device where that fails.
   * @throws ProblemError of the data, or snapshotMisfit
   */
  static async begin<D>(
    experiment: Experiment,
    parts: CourseParts<D>,
    { snapshot = null, known = new Map(), heed = async () => {} }: BeginOptions<D> = {},
  ): Promise<Course<D>> {
    const stage = stageOfState(experiment, snapshot?.step ?? 0);
    const data = known.get(stage) ?? (await parts.read(experiment, stage, heed));
    const made = makeStage(parts, experiment, stage, data, {});
    const trainer = restored(experiment, stage, made, snapshot);
    return new Course(experiment, parts, known, { stage, data, trainer });
  }

  /** All stages, with their live numbers as they are. */
  get experiment(): Experiment {
    return this.whole;
  }

  /** The stage whose students these are, counted from 0. */
  get stage(): number {
    return this.at.stage;
  }

  /** That stage as an experiment of its own. */
  get present(): Experiment {
    return this.at.trainer.experiment;
  }

  /** Its text or rows, and who teaches. */
  get data(): D {
    return this.at.data;
  }

  /** Data of all stages that have been read, by stage. */
  get read(): ReadonlyMap<number, D> {
    return this.known;
  }

  /** Updates done, of all stages. */
  get step(): number {
    return this.before + this.at.trainer.step;
  }

  /** Updates done in this stage. */
  get stepInStage(): number {
    return this.at.trainer.step;
  }

  /** Updates of all stages. */
  get steps(): number {
    return stepsOf(this.whole);
  }

  get isFinished(): boolean {
    return this.step >= this.steps;
  }

  /** True where this stage is done and another one follows: `goOn` comes before the next update. */
  get isAtBorder(): boolean {
    const { trainer, stage } = this.at;
    return trainer.step >= trainer.experiment.training.steps && stage + 1 < stageCount(this.whole);
  }

  private get before(): number {
    return stepsBefore(this.whole, this.at.stage);
  }

  /**
   * From the end of a stage to the next one's beginning.
   * @throws what reading its data throws; the stage that ended is still there then
   */
  async goOn(heed: Heed = async () => {}) {
    const stage = this.at.stage + 1;
    const data = this.known.get(stage) ?? (await this.parts.read(this.whole, stage, heed));
    this.known.set(stage, data);
    const next = stageAt(this.whole, stage);
    const weights = allTakenAlong(await this.at.trainer.weights(), this.present, next);
    const trainer = makeStage(this.parts, this.whole, stage, data, weights);
    this.at.trainer.dispose();
    this.at = { stage, data, trainer };
  }

  prepare(...options: Parameters<StageTrainer['prepare']>): Promise<void> {
    return this.at.trainer.prepare(...options);
  }

  trainStep() {
    this.at.trainer.trainStep();
  }

  keepUp(): Promise<void> {
    return this.at.trainer.keepUp();
  }

  async readPoints(): Promise<StepPoint[]> {
    const { before, stage } = this;
    const points = await this.at.trainer.readPoints();
    return stage === 0 ? points : points.map((point) => ({ ...point, step: before + point.step, stage }));
  }

  /** Live numbers for the next update, of this stage or of one that comes. */
  adjust(settings: readonly NumberSetting[]) {
    this.whole = withSettings(this.whole, settings);
    const { stage, trainer } = this.at;
    trainer.adjust(
      settings.flatMap(({ path, value }) => {
        const own = stageOfPath(path);
        return own.stage === stage ? [{ path: own.path, value }] : [];
      }),
    );
  }

  async evaluate(extent: EvaluationPoint['extent'], pause: () => Promise<void>): Promise<EvaluationPoint> {
    const { before } = this;
    const { stage, trainer } = this.at;
    const point = await trainer.evaluate(extent, pause);
    return stage === 0 ? point : { ...point, step: before + point.step, stage };
  }

  guessHeldOut(...asked: Parameters<StageTrainer['guessHeldOut']>): ReturnType<StageTrainer['guessHeldOut']> {
    return this.at.trainer.guessHeldOut(...asked);
  }

  teacherSays(...asked: Parameters<StageTrainer['teacherSays']>): ReturnType<StageTrainer['teacherSays']> {
    return this.at.trainer.teacherSays(...asked);
  }

  get longestSentence(): number {
    return this.at.trainer.longestSentence;
  }

  probe(...asked: Parameters<StageTrainer['probe']>): ReturnType<StageTrainer['probe']> {
    return this.at.trainer.probe(...asked);
  }

  compareLayers(
    ...asked: Parameters<StageTrainer['compareLayers']>
  ): ReturnType<StageTrainer['compareLayers']> {
    return this.at.trainer.compareLayers(...asked);
  }

  termGradients(pause: () => Promise<void>): ReturnType<StageTrainer['termGradients']> {
    return this.at.trainer.termGradients(pause);
  }

  measureLatency(pause: () => Promise<void>): ReturnType<StageTrainer['measureLatency']> {
    return this.at.trainer.measureLatency(pause);
  }

  measureCurves(
    ...asked: Parameters<StageTrainer['measureCurves']>
  ): ReturnType<StageTrainer['measureCurves']> {
    return this.at.trainer.measureCurves(...asked);
  }

  /** `step` counts through all stages. */
  async calibrate(...asked: Parameters<StageTrainer['calibrate']>): ReturnType<StageTrainer['calibrate']> {
    const { before } = this;
    const found = await this.at.trainer.calibrate(...asked);
    return { ...found, step: before + found.step };
  }

  sizes(): ReturnType<StageTrainer['sizes']> {
    return this.at.trainer.sizes();
  }

  /** Of an update of this stage. */
  stepFlops(): number {
    return this.at.trainer.stepFlops();
  }

  shapeOf(arm: string): ReturnType<StageTrainer['shapeOf']> {
    return this.at.trainer.shapeOf(arm);
  }

  /** The state of now; `step` counts through all stages. */
  async takeSnapshot(): Promise<Snapshot> {
    const { before } = this;
    const { step, arms } = await this.at.trainer.takeSnapshot();
    return { step: before + step, arms };
  }

  /**
   * Back to a snapshot of this stage or of one that has been read before, or to step 0.
   * @throws ProblemError snapshotMisfit where it is not one of these arms; everything is then as it was
   */
  restore(snapshot: Snapshot | null) {
    const stage = stageOfState(this.whole, snapshot?.step ?? 0);
    if (stage === this.at.stage) {
      restored(this.whole, stage, this.at.trainer, snapshot, false);
      return;
    }
    const data = this.known.get(stage);
    if (data === undefined) throw new Error(`The data of stage ${stage} have not been read`);
    const made = makeStage(this.parts, this.whole, stage, data, {});
    const trainer = restored(this.whole, stage, made, snapshot);
    this.at.trainer.dispose();
    this.at = { stage, data, trainer };
  }

  dispose() {
    this.at.trainer.dispose();
  }
}

/** A trainer of a stage, whether or not arms come off on the way. */
const makeStage = <D>(
  { make }: Pick<CourseParts<D>, 'make'>,
  experiment: Experiment,
  stage: number,
  data: D,
  before: Record<string, Weights>,
): StageTrainer =>
  stageTrainer(stageAt(experiment, stage), before, (own, weights) => make(own, data, weights));

/** A trainer of a stage in the state of a snapshot. @param isNew it is disposed of where it can't be */
function restored(
  experiment: Experiment,
  stage: number,
  trainer: StageTrainer,
  snapshot: Snapshot | null,
  isNew = true,
): StageTrainer {
  try {
    if (snapshot) trainer.restore({ ...snapshot, step: snapshot.step - stepsBefore(experiment, stage) });
    else if (!isNew) trainer.restore(null);
    return trainer;
  } catch (error) {
    if (isNew) trainer.dispose();
    throw error;
  }
}
