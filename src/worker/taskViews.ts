/** What a page shows of a task beside the training: what models say of its rows, and what rows were varied into. */
import { labelKept } from '../augment/labelKept';
import { ProblemError } from '../config/problems';
import type { ClassGuess, HeldOutGuesses } from '../config/results';
import type { FoundRows, LabelKept, VariedRow } from '../config/variants';
import { askedAbout } from '../tasks/taskSource';
import type { TaskStage } from '../train/taskStages';
import type { Questions } from './questions';
import type { Run } from './run';
import type { RunCourse } from './runCourse';

/** Rows that are shown of those that hold what was typed. */
const mostFound = 20;
/** Rows that are asked about together. */
const askedAtOnce = 256;

/** What is known of the rows of one stage. */
interface Known {
  /** By training row: index of its first variant among all; one more than there are rows. */
  starts: number[];
  /** What the teacher says, by the place of a sequence among those that are trained on; filled as it is asked. */
  said: (ClassGuess | undefined)[];
}

export class TaskViews {
  private readonly known = new WeakMap<TaskStage, Known>();

  constructor(private readonly questions: Questions) {}

  /** @throws ProblemError interrupted where something newer was asked for, or nobody waits for it any more */
  guessHeldOut(run: Run): Promise<HeldOutGuesses> {
    taskOf(run);
    return this.questions.ask(run, (course, pause) => course.guessHeldOut(pause));
  }

  find(run: Run, text: string): FoundRows {
    const { train } = taskOf(run).data;
    const wanted = text.trim().toLowerCase();
    const found = train.flatMap(({ a, b }, row) =>
      `${a}\n${b ?? ''}`.toLowerCase().includes(wanted) ? [{ row, a, ...(b !== undefined && { b }) }] : [],
    );
    return { rows: found.slice(0, mostFound), found: found.length };
  }

  /** Beside the training, as the sentence on screen is read: it takes a pass or two. */
  async variantsOf(run: Run, wanted: number): Promise<VariedRow> {
    const task = taskOf(run);
    const { train } = task.data;
    const row = Math.min(Math.max(0, wanted), train.length - 1);
    const { starts, said } = this.of(task);
    const variants = task.augmented?.rows.slice(starts[row], starts[row + 1]) ?? [];
    const places = [row, ...variants.map((_, i) => train.length + starts[row] + i)];
    const { course } = run;
    try {
      await this.fill(task, places, course, () => run.training.pause(() => false));
    } catch (error) {
      // The run went on to its next stage, or to its end, under way.
      if (course.data.task !== task || course !== run.course) throw new ProblemError('interrupted');
      throw error;
    }
    const { label, a, b } = train[row];
    return {
      row,
      rows: train.length,
      label,
      a,
      ...(b !== undefined && { b }),
      said: said[row] ?? null,
      variants: variants.map(({ row: _, ...variant }, i) => ({
        ...variant,
        said: said[places[i + 1]] ?? null,
      })),
    };
  }

  /** @throws ProblemError interrupted, as above */
  async judge(run: Run): Promise<LabelKept | null> {
    const task = taskOf(run);
    const { augmented, data } = task;
    if (!augmented || !task.teacher) return null;
    const { said } = this.of(task);
    const places = augmented.rows.map((_, i) => data.train.length + i);
    await this.questions.ask(run, (course, pause) => this.fill(task, places, course, pause));
    return labelKept(
      augmented.rows,
      places.map((place) => said[place]!.label),
      data.train.map(({ label }) => label),
      data.labels.length,
    );
  }

  /** Has the teacher say what it has not said of these places yet. */
  private async fill(
    task: TaskStage,
    places: readonly number[],
    course: RunCourse,
    pause: (share: number) => Promise<void>,
  ) {
    const { said } = this.of(task);
    const open = task.teacher ? places.filter((place) => !said[place]) : [];
    // Part by part, so that what was asked is not lost where it is ended.
    for (let done = 0; done < open.length; done += askedAtOnce) {
      if (course.data.task !== task) throw new ProblemError('interrupted');
      const part = open.slice(done, done + askedAtOnce);
      const guesses = await course.teacherSays(
        askedAbout(task.encoded, part, task.source.vocabularySize),
        (share) => pause((done + share * part.length) / open.length),
      );
      guesses?.forEach((guess, i) => {
        said[part[i]] = guess;
      });
    }
  }

  private of(task: TaskStage): Known {
    const known = this.known.get(task) ?? { starts: startsOf(task), said: [] };
    this.known.set(task, known);
    return known;
  }
}

/** The task of the stage at hand. @throws ProblemError interrupted where another stage has begun, which has none */
function taskOf({ sources }: Pick<Run, 'sources'>): TaskStage {
  if (!sources.task) throw new ProblemError('interrupted');
  return sources.task;
}

function startsOf({ data, augmented }: TaskStage): number[] {
  const starts = new Array<number>(data.train.length + 1).fill(0);
  for (const { row } of augmented?.rows ?? []) starts[row + 1] += 1;
  for (let row = 0; row < data.train.length; row++) starts[row + 1] += starts[row];
  return starts;
}
