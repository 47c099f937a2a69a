/** Trains whole experiments for the page, one after the other: no screen, no checkpoints, only what a run comes to. */
import { checkExperiment } from '../config/check';
import { type Problem, ProblemError, problemOf } from '../config/problems';
import type { BackendReport, EvaluationPoint } from '../config/results';
import { isCompared } from '../config/seeds';
import type { BackgroundJob, BackgroundPoint, FromBackground } from '../protocol/background';
import type { StartedBackend, StartOptions } from '../train/backends/choose';
import { Course, type CourseParts } from '../train/course';
import type { StageTrainer } from '../train/stageTrainer';
import { LongCalls, msPerArm } from './longCalls';
import type { Pacer } from './pacer';
import { Rhythm } from './rhythm';
import type { SourceLoader, Sources } from './sources';

/** Milliseconds that the first update of a teacher's tuning may take, before one has been timed. */
const firstTuningMs = 5000;
/** Milliseconds between two words of how far a run is. */
const toldEvery = 250;

/** What a run is trained by. */
export type BackgroundTrainer = StageTrainer & {
  seenAt: (ladder: readonly number[], pause: () => Promise<void>) => Promise<Record<string, number[]> | null>;
};

export interface BackgroundParts {
  startBackend: (options: Pick<StartOptions, 'forced' | 'onLost' | 'onError'>) => Promise<StartedBackend>;
  loader: Pick<SourceLoader, 'load' | 'endRun'>;
  makeTrainer: (...given: Parameters<CourseParts<Sources>['make']>) => BackgroundTrainer;
  /** Milliseconds that an update of this trainer should take at most; a guess. */
  expectedStep: (trainer: Pick<StageTrainer, 'stepFlops'>, backend: BackendReport) => number;
  pacer: Pacer;
  say: (message: FromBackground) => void;
}

export class BackgroundRuns {
  private started: Promise<StartedBackend> | null = null;
  /** What the device reported outside any call: nothing that it computed since can be trusted. */
  private fault: Problem | null = null;
  private readonly longCalls: LongCalls;

  constructor(private readonly parts: BackgroundParts) {
    this.longCalls = new LongCalls((milliseconds) => parts.say({ kind: 'busy', milliseconds }));
  }

  /** Trains a run to its end, and tells what it came to; never rejects. */
  async train(job: BackgroundJob): Promise<void> {
    const { say, pacer } = this.parts;
    const { id } = job;
    try {
      await pacer.begin();
      say({ kind: 'opening', id, what: 'backend' });
      const { report } = await this.backend(job.backend);
      const ended = await this.finish(job, report);
      say({ kind: 'done', id, backend: report.name, ...ended });
    } catch (error) {
      say({ kind: 'failed', id, problem: this.fault ?? problemOf(error) });
    }
  }

  private backend(forced: BackgroundJob['backend']): Promise<StartedBackend> {
    const blame = (problem: Problem) => {
      this.fault ??= problem;
    };
    this.started ??= this.parts.startBackend({
      forced,
      onLost: () => blame({ code: 'deviceLost', values: { step: 0 } }),
      onError: blame,
    });
    return this.started;
  }

  private async finish(job: BackgroundJob, report: BackendReport) {
    const { loader, makeTrainer, say } = this.parts;
    const { id, experiment, baseUrl, ladder } = job;
    let trainer: BackgroundTrainer | null = null;
    loader.endRun();
    this.longCalls.forget();
    const turn = () => this.turn();
    const course = await Course.begin<Sources>(
      experiment,
      {
        read: (whole, stage, heed) => {
          let last = performance.now();
          this.longCalls.warn('tuning', firstTuningMs);
          return loader.load(whole, stage, {
            baseUrl,
            accept: ({ shape }) => {
              const [problem] = checkExperiment(experiment, shape);
              if (problem) throw new ProblemError(problem.code, problem.values);
            },
            heed: async () => {
              this.longCalls.note('tuning', performance.now() - last);
              await heed();
              this.longCalls.warn('tuning', firstTuningMs);
              last = performance.now();
            },
          });
        },
        make: (stage, data, before) => {
          say({ kind: 'opening', id, what: 'students' });
          trainer = this.longCalls.do('students', msPerArm * stage.arms.length, () =>
            makeTrainer(stage, data, before),
          );
          return trainer;
        },
      },
      { heed: turn },
    );
    try {
      await this.updates(course, job, report);
      const pause = () => this.pause(course, report);
      const seen = ladder.length > 0 ? await trainer!.seenAt(ladder, pause) : null;
      this.heedFault();
      return { seen, fingerprint: course.data.fingerprint };
    } finally {
      course.dispose();
    }
  }

  /** All updates of all stages, and what is measured on the way. */
  private async updates(course: Course<Sources>, { id, experiment }: BackgroundJob, report: BackendReport) {
    const { pacer, say } = this.parts;
    const told = new Rhythm(toldEvery, 1);
    const expected = () => this.parts.expectedStep(course, report);
    const evaluate = async (extent: EvaluationPoint['extent']) => {
      this.warnOfPass(course, report);
      const point = await course.evaluate(extent, () => this.pause(course, report));
      say({ kind: 'evaluated', id, point: figuresOf(point) });
    };
    for (;;) {
      const { step, stage } = course;
      if (course.isAtBorder || course.isFinished) {
        // Losses that are no numbers are found before anything is concluded from what they led to.
        await course.readPoints();
        await evaluate('full');
        if (course.isFinished) return;
        await course.goOn(() => this.turn());
        this.longCalls.forget();
        continue;
      }
      if (isCompared(experiment, { step, extent: 'sample', stage })) await evaluate('sample');
      await course.prepare();
      this.longCalls.do('step', expected(), () => course.trainStep());
      await course.keepUp();
      if (told.isDue) {
        await told.do(async () => {
          await course.readPoints();
          say({ kind: 'reached', id, step: course.step });
        });
      } else if (pacer.isBeside) {
        // What it set going on the device is part of its share.
        await course.readPoints();
      }
      await this.turn();
    }
  }

  private warnOfPass(course: Course<Sources>, report: BackendReport) {
    const { batchSize, accumulation } = course.present.training;
    const share = evaluatedAtOnce / (batchSize * accumulation);
    const step = this.longCalls.expected('step', this.parts.expectedStep(course, report));
    this.longCalls.warn('pass', Math.max(1, share) * step);
  }

  private async pause(course: Course<Sources>, report: BackendReport) {
    await this.turn();
    this.warnOfPass(course, report);
  }

  private async turn() {
    await this.parts.pacer.turn();
    this.heedFault();
  }

  /** @throws ProblemError of an error that the device has reported */
  private heedFault() {
    if (this.fault) throw new ProblemError(this.fault.code, this.fault.values);
  }
}

/** Sequences that are evaluated in one call. */
const evaluatedAtOnce = 16;

function figuresOf({ step, extent, stage, maskedWords, arms }: EvaluationPoint): BackgroundPoint {
  const told = Object.entries(arms).map(([id, { losses: _, attention: __, ...figures }]) => [id, figures]);
  return { step, extent, ...(stage !== undefined && { stage }), maskedWords, arms: Object.fromEntries(told) };
}
