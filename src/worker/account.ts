/** What a run says of itself: losses, predictions and held-out figures as they come, and the history they add up to. */
import { ProblemError, problemOf } from '../config/problems';
import type {
  EvaluationPoint,
  NumberChange,
  Probe,
  RunHistory,
  RunStatus,
  StepPoint,
} from '../config/results';
import { defaultSentence } from '../config/sentences';
import { withChanges, withEvaluation, withPoints } from '../protocol/history';
import type { Emit } from '../protocol/port';
import { probeSentence } from '../train/probeSentence';
import { breathe } from './pace';
import type { RunCourse } from './runCourse';
import type { Sources } from './sources';

/** What is asked of a course here. */
type Teller = Pick<RunCourse, 'step' | 'stage' | 'readPoints' | 'probe' | 'longestSentence' | 'evaluate'>;

/** What a sentence is read by. */
type Asked = Pick<Sources, 'tokenizer' | 'task' | 'examples'>;

export interface AccountParts {
  /** Of the stage at hand. */
  asked: Asked;
  history: RunHistory;
  sentence: string;
  emit: Emit;
  /** Where the run stands, once `points` more updates are known of. */
  status: () => RunStatus;
  /** Hears of every read of losses, before they are told; may throw what makes them worthless. */
  onRead: () => void;
  /** Hears of every probe of where the run stands, with its stage. */
  onProbe: (probe: Probe, stage: number) => void;
}

export class Account {
  history: RunHistory;
  sentence: string;
  /** False while updates are done again that the page has heard of already. */
  speaks = true;
  private asked: Asked;
  /** Sentences of the stages before, by what they ask for. */
  private readonly sentences = new Map<string, string>();
  /** Losses that are on their way from the device. */
  private reading: Promise<StepPoint[]> | null = null;
  /** Counts how often the run was taken back: a probe that was under way then is of no step that it has been at. */
  private returns = 0;

  constructor(private readonly parts: AccountParts) {
    this.history = parts.history;
    this.sentence = parts.sentence;
    this.asked = parts.asked;
  }

  /** Another stage: a sentence that asks for a word is none that asks for a class, and the other way round. */
  enter(asked: Asked) {
    const [before, now] = [this.asked, asked].map(kindOf);
    this.asked = asked;
    if (before === now) return;
    this.sentences.set(before, this.sentence);
    this.sentence = this.sentences.get(now) ?? asked.examples[0] ?? defaultSentence;
  }

  /** Forgets what is on its way, and goes back to a history. */
  takeBack(history: RunHistory) {
    this.reading = null;
    this.returns += 1;
    this.history = history;
  }

  noteChanges(changes: NumberChange[]) {
    if (changes.length === 0) return;
    this.history = withChanges(this.history, changes);
    if (this.speaks) this.parts.emit('numbersChanged', { changes });
  }

  /** All losses up to now; waits for the device. */
  async tellPoints(trainer: Teller) {
    await this.tellEarlier();
    this.deliver(await trainer.readPoints());
  }

  /** Losses as they come, without waiting for the device: those of a read that is under way are told next time. */
  async tellPointsSoon(trainer: Teller) {
    await this.tellEarlier();
    const reading = trainer.readPoints();
    reading.catch(() => {});
    const points = await Promise.race([reading, breathe()]);
    if (points) this.deliver(points);
    else this.reading = reading;
  }

  async tellProbe(trainer: Teller) {
    try {
      const probe = await this.probe(trainer, this.sentence);
      if (this.speaks) this.parts.emit('probed', { probe });
    } catch (error) {
      const problem = problemOf(error);
      if (!problem.code.startsWith('sentence')) throw error;
      // The sentence may not fit another tokenizer; the page says so beside it and training goes on.
      this.parts.emit('probeRefused', { problem });
    }
  }

  /** @throws ProblemError of the sentence */
  async probe(trainer: Teller, sentence: string): Promise<Probe> {
    const { stage } = trainer;
    const { returns } = this;
    const probe = await probeSentence(trainer, this.asked, sentence);
    if (this.speaks && returns === this.returns) this.parts.onProbe(probe, stage);
    return probe;
  }

  /** Evaluates what is held out. `pause` is awaited between batches; what it throws ends the evaluation. */
  async tellEvaluation(
    trainer: Teller,
    extent: EvaluationPoint['extent'],
    pause: () => Promise<void>,
  ): Promise<EvaluationPoint> {
    await this.tellPoints(trainer);
    const point = await trainer.evaluate(extent, pause);
    this.history = withEvaluation(this.history, point);
    if (this.speaks) this.parts.emit('evaluated', { point });
    return point;
  }

  /** True where the stage has been evaluated at this step, in this extent or in any. */
  isEvaluated(
    { step, stage }: Pick<RunCourse, 'step' | 'stage'>,
    extent?: EvaluationPoint['extent'],
  ): boolean {
    return this.history.evaluations.some(
      (point) => point.step === step && (point.stage ?? 0) === stage && (!extent || point.extent === extent),
    );
  }

  private async tellEarlier() {
    const earlier = this.reading;
    this.reading = null;
    if (earlier) this.deliver(await earlier);
  }

  private deliver(points: StepPoint[]) {
    this.parts.onRead();
    if (points.length === 0) return;
    this.history = withPoints(this.history, points);
    if (this.speaks) this.parts.emit('progressed', { status: this.parts.status(), points });
  }
}

/** What a sentence is asked for. */
const kindOf = ({ task }: Asked): string =>
  !task ? 'word' : task.source.pairs ? 'class of a pair' : 'class';

/** True once whoever asked for the work wants it no more. */
export type IsOver = () => boolean;

/** Hears messages between two pieces of work; ends the work where `isOver` says so. */
export async function breatheUnless(isOver: IsOver) {
  await breathe();
  if (isOver()) throw new ProblemError('interrupted');
}
