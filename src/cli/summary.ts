/** What a run of the command line comes to, as one object and as tables. */
import { armNameParts } from '../config/armNames';
import { teacherModel } from '../config/modelIds';
import type { EvaluationPoint, HeldOut, StepPoint } from '../config/results';
import type { Metric } from '../config/tasks';
import { withheldWord } from '../config/text';
import type { Corpus } from '../data/corpus';
import { withheldFacts } from '../data/withheld';
import { armName } from '../i18n/armName';
import { figureOf } from '../statistics/classification';
import type { StageTrainer } from '../train/stageTrainer';
import { english } from './words';

export interface Finished {
  trainer: StageTrainer;
  /** Of a text. */
  corpus: Corpus | null;
  backend: string;
  last: StepPoint;
  heldOut: EvaluationPoint;
  /** Whether arms go by their ids: what sets them apart may be another thing in each stage. */
  byId: boolean;
  /** What a task is measured by; null for a text. */
  metric: Metric | null;
}

export type Summary = Awaited<ReturnType<typeof summarise>>;

export async function summarise({ trainer, corpus, backend, last, heldOut, byId, metric }: Finished) {
  const t = await english();
  const { arms, text, training, teacher, others = [] } = trainer.experiment;
  const { withheld } = heldOut;
  /** Of a task: the figure that it is measured by, and what that is for this model. */
  const measured = ({ confusion }: HeldOut) =>
    metric && confusion && { metric, value: figureOf(metric, confusion) };
  const sizes = trainer.sizes();
  const names = byId
    ? arms.map(({ id }) => id)
    : armNameParts(arms, others).map((parts) => armName(parts, t));
  return {
    backend,
    steps: training.steps,
    seed: training.seed,
    teacher:
      teacher.kind === 'bundled' && sizes[teacherModel] && heldOut.teacher
        ? {
            name: teacher.id,
            parameters: sizes[teacherModel].parameters,
            ...measured(heldOut.teacher),
            heldOut: { ...figuresOf(heldOut.teacher), klError: null },
          }
        : null,
    ...(withheld && {
      withheld: {
        word: withheldWord(text),
        ...(corpus && withheldFacts(corpus).withheld),
        places: withheld.places,
        heldOut: withheld.heldOut,
        teacher: withheld.teacher,
      },
    }),
    ...(heldOut.others && {
      others: heldOut.others.map((figures, i) => {
        const other = others[i];
        const name = other.kind === 'bundled' ? other.id : other.kind;
        return { name, ...measured(figures), heldOut: figuresOf(figures) };
      }),
    }),
    arms: arms.map(({ id }, i) => {
      const { total, terms, readings } = last.arms[id];
      return {
        name: names[i],
        parameters: sizes[id].parameters,
        losses: { total, ...terms },
        ...(readings && { readings }),
        ...measured(heldOut.arms[id]),
        heldOut: figuresOf(heldOut.arms[id]),
        ...(withheld && { withheld: withheld.arms[id] }),
      };
    }),
  };
}

const figuresOf = ({ loss, accuracy, agreement, klToTeacher }: HeldOut) => ({
  loss,
  accuracy,
  agreement,
  klToTeacher,
});

export function print(result: Summary, what: string) {
  const { backend, steps, seed, teacher, others = [], withheld, arms } = result;
  const figure = (value: number | null | undefined) => (value == null ? '' : value.toPrecision(4));
  console.log(`${steps} steps, seed ${seed}, ${backend}. ${what}:`);
  console.table(
    Object.fromEntries(
      [
        ...(teacher ? [{ ...teacher, losses: undefined, withheld: withheld?.teacher }] : []),
        ...others.map((other) => ({ ...other, parameters: null, losses: undefined, withheld: undefined })),
        ...arms,
      ].map(({ name, parameters, losses, heldOut, withheld: known, metric, value }) => [
        name,
        {
          parameters,
          'last training loss': figure(losses?.total),
          'loss (nats)': figure(heldOut.loss),
          accuracy: figure(heldOut.accuracy),
          ...(metric && metric !== 'accuracy' && { [metric]: figure(value) }),
          'agrees with teacher': figure(heldOut.agreement),
          'KL to teacher (nats)': figure(heldOut.klToTeacher),
          ...(withheld && {
            [`“${withheld.word}” right`]: figure(known?.accuracy),
            [`ln p(“${withheld.word}”)`]: figure(known?.logProbability),
          }),
        },
      ]),
    ),
  );
  if (withheld) {
    const { word, dropped, places, heldOut } = withheld;
    console.log(
      `“${word}” was withheld: ${dropped} sequences left out. Asked at ${places} places, ${heldOut} of them held out.`,
    );
  }
}
