/**
 * A stage some of whose arms come from others on the way (config/forks.ts), to whoever trains it as if all were there from its
 * beginning. Until a fork goes its own way nothing of it is computed; then the trainer gives way to one that has it, in the
 * same state, as if it had been resumed: what the other arms come to is the same to the bit.
 */
import { withSettings } from '../config/compare';
import type { Arm, Experiment } from '../config/experiment';
import { forksIn, isApartAfter, isApartFrom, originOf, spokenFor } from '../config/forks';
import { teacherModel } from '../config/modelIds';
import type {
  EvaluationPoint,
  HeldOutGuesses,
  NumberSetting,
  ProbeModel,
  StepPoint,
} from '../config/results';
import type { Weights } from '../model/initialise';
import type { Snapshot } from './snapshot';
import type { StageTrainer } from './stageTrainer';

type Before = Record<string, Weights>;
/** A trainer of arms that are all there. */
type Make = (experiment: Experiment, before: Before) => StageTrainer;

/** @param stage as an experiment of its own @param before weights that students have from the stage before, by arm */
export const stageTrainer = (stage: Experiment, before: Before, make: Make): StageTrainer =>
  forksIn(stage).length > 0 ? new ForkingTrainer(stage, before, make) : make(stage, before);

class ForkingTrainer implements StageTrainer {
  private trainer: StageTrainer;
  /** Ids of the arms that it has, in its order. */
  private ids: readonly string[];
  /** Losses of the trainers before, that nobody has read yet. */
  private unread: StepPoint[] = [];

  constructor(
    public experiment: Experiment,
    private readonly before: Before,
    private readonly make: Make,
  ) {
    const arms = this.armsThat((arm) => isApartFrom(arm, 0));
    this.trainer = this.made(arms);
    this.ids = arms.map(({ id }) => id);
  }

  get step() {
    return this.trainer.step;
  }

  get longestSentence() {
    return this.trainer.longestSentence;
  }

  /** To be awaited before each update: those that go their own way with it are there afterwards. */
  async prepare(...options: Parameters<StageTrainer['prepare']>) {
    await this.branch();
    return this.trainer.prepare(...options);
  }

  trainStep() {
    this.trainer.trainStep();
  }

  keepUp() {
    return this.trainer.keepUp();
  }

  async readPoints() {
    const points = this.told(await this.trainer.readPoints());
    const all = [...this.unread, ...points];
    this.unread = [];
    return all;
  }

  adjust(settings: readonly NumberSetting[]) {
    this.experiment = withSettings(this.experiment, settings);
    this.trainer.adjust(settings.flatMap((setting) => this.within(setting)));
  }

  async evaluate(...asked: Parameters<StageTrainer['evaluate']>): Promise<EvaluationPoint> {
    const { withheld, ...point } = await this.trainer.evaluate(...asked);
    return {
      ...point,
      arms: this.all(point.arms),
      ...(withheld && { withheld: { ...withheld, arms: this.all(withheld.arms) } }),
    };
  }

  async guessHeldOut(...asked: Parameters<StageTrainer['guessHeldOut']>): Promise<HeldOutGuesses> {
    const found = await this.trainer.guessHeldOut(...asked);
    return { ...found, guesses: this.all(found.guesses) };
  }

  teacherSays(...asked: Parameters<StageTrainer['teacherSays']>) {
    return this.trainer.teacherSays(...asked);
  }

  async calibrate(...asked: Parameters<StageTrainer['calibrate']>) {
    const found = await this.trainer.calibrate(...asked);
    return { ...found, models: this.all(found.models) };
  }

  async probe(...asked: Parameters<StageTrainer['probe']>): Promise<ProbeModel[]> {
    const models = await this.trainer.probe(...asked);
    const byId = this.all(Object.fromEntries(models.map((model) => [model.id, model])));
    const ids = [teacherModel, ...this.experiment.arms.map(({ id }) => id)];
    return ids.flatMap((id) => (byId[id] ? [{ ...byId[id], id }] : []));
  }

  async compareLayers(...asked: Parameters<StageTrainer['compareLayers']>) {
    const found = await this.trainer.compareLayers(...asked);
    return { ...found, arms: this.all(found.arms) };
  }

  /** Of the update that follows, with which some may go their own way. */
  async termGradients(...asked: Parameters<StageTrainer['termGradients']>) {
    await this.branch();
    const found = await this.trainer.termGradients(...asked);
    return found && this.all(found);
  }

  async measureLatency(...asked: Parameters<StageTrainer['measureLatency']>) {
    return this.all(await this.trainer.measureLatency(...asked));
  }

  async measureCurves(...asked: Parameters<StageTrainer['measureCurves']>) {
    const found = await this.trainer.measureCurves(...asked);
    return { ...found, models: this.all(found.models) };
  }

  sizes() {
    return this.all(this.trainer.sizes());
  }

  stepFlops() {
    return this.trainer.stepFlops();
  }

  /** Of all arms, since all go on to the next stage. */
  async weights() {
    return this.all(await this.trainer.weights());
  }

  /** The states of those arms alone that have one of their own. */
  async takeSnapshot(): Promise<Snapshot> {
    const { step, arms } = await this.trainer.takeSnapshot();
    const apart = this.armsThat((arm) => isApartAfter(arm, step));
    return { step, arms: Object.fromEntries(apart.map(({ id }) => [id, arms[id]])) };
  }

  restore(snapshot: Snapshot | null) {
    const step = snapshot?.step ?? 0;
    const arms = this.armsThat((arm) => (step === 0 ? isApartFrom(arm, 0) : isApartAfter(arm, step)));
    this.unread = [];
    if (String(arms.map(({ id }) => id)) === String(this.ids)) this.trainer.restore(snapshot);
    else this.replace(arms, snapshot);
  }

  shapeOf(arm: string) {
    const origin = originOf(this.experiment.arms, arm, (id) => this.ids.includes(id));
    return origin === undefined ? undefined : this.trainer.shapeOf(origin);
  }

  dispose() {
    this.trainer.dispose();
  }

  /** Those whose own way begins with the next update join the others, in the states of whom they come from. */
  private async branch() {
    const { step } = this;
    const arms = this.armsThat((arm) => isApartFrom(arm, step));
    if (arms.length === this.ids.length) return;
    const points = await this.trainer.readPoints();
    const snapshot = await this.trainer.takeSnapshot();
    this.unread.push(...this.told(points));
    this.replace(arms, { step, arms: spokenFor(arms, snapshot.arms) });
  }

  /** @throws ProblemError snapshotMisfit; everything is then as it was */
  private replace(arms: Arm[], snapshot: Snapshot | null) {
    const next = this.made(arms);
    try {
      if (snapshot) next.restore(snapshot);
    } catch (error) {
      next.dispose();
      throw error;
    }
    this.trainer.dispose();
    this.trainer = next;
    this.ids = arms.map(({ id }) => id);
  }

  private made(arms: Arm[]): StageTrainer {
    const plain = arms.map(({ fork: _, ...arm }): Arm => arm);
    return this.make({ ...this.experiment, arms: plain }, this.before);
  }

  private armsThat(are: (arm: Arm) => boolean): Arm[] {
    return this.experiment.arms.filter(are);
  }

  private all<T>(figures: Record<string, T>): Record<string, T> {
    return spokenFor(this.experiment.arms, figures);
  }

  private told(points: StepPoint[]): StepPoint[] {
    return points.map((point) => ({ ...point, arms: this.all(point.arms) }));
  }

  /** A number by its path in the trainer's own experiment; nothing where it is of an arm that is not there yet. */
  private within({ path, value }: NumberSetting): NumberSetting[] {
    const [matched, index] = /^arms\.(\d+)\./.exec(path) ?? [];
    if (matched === undefined) return [{ path, value }];
    const place = this.ids.indexOf(this.experiment.arms[Number(index)]?.id);
    return place < 0 ? [] : [{ path: `arms.${place}.${path.slice(matched.length)}`, value }];
  }
}
