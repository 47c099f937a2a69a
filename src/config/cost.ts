/** What an update costs, counted before it runs: about how long it takes, and how long another run will take at its pace. */

import type { Pair } from '../methods/method';
import { methodIds, methodOf, type TermId } from '../methods/registry';
import { canonical } from './canonical';
import type { Arm, Experiment, Training } from './experiment';
import { answersOf, type Head, mlm } from './heads';
import { maskedSlots } from './maskCount';
import { askedLessons, type Needs, studentNeeds } from './needs';
import { askedOnce, replacementsOf, termsOf } from './objective';
import type { BackendReport } from './results';
import { pairOf, sourceShape, teacherShapes } from './sources';
import { stageAt, stagesOf } from './stages';
import { isTask, labelCount } from './tasks';
import type { TeacherShape } from './teachers';
import { tuningExperiment } from './tuning';

export interface CostedStep {
  teachers: TeacherShape[];
  arms: { arm: Arm; pair: Pair | null; shape: TeacherShape; terms: TermId[] }[];
  training: Pick<Training, 'batchSize' | 'sequenceLength' | 'maskProbability' | 'accumulation'>;
  /** What stands on every model: one that fills in words where it is left out. */
  head?: Head;
}

/**
 * Floating point operations of the matrix products of one update; a multiplication and its addition are two. The teacher's
 * pass counts once for all arms, and an arm's three times: its gradient takes two products for each of the forward pass.
 * What is left out (softmax, LayerNorm, losses, AdamW) is a few per cent at the sizes there are.
 */
export function stepFlops({ teachers, arms, training, head = mlm }: CostedStep): number {
  const { batchSize, sequenceLength, accumulation } = training;
  const tokens = batchSize * sequenceLength;
  // A class is asked for once a sequence.
  const slots = head.kind === 'mlm' ? maskedSlots(training) : batchSize;
  const rowsOf = ({ allLogits, maskedLogits }: Needs) =>
    (allLogits ? tokens : 0) + (maskedLogits ? slots : 0);
  const forward = (shape: TeacherShape, needs: Needs) =>
    encoderFlops(shape, tokens, sequenceLength) + headFlops(shape, head, rowsOf(needs));

  let flops = 0;
  const asked = askedLessons(teachers.length, arms);
  const addPasses = (shapes: TeacherShape[], needs: (Needs | null)[]) =>
    shapes.forEach((shape, i) => {
      if (needs[i]) flops += forward(shape, needs[i]);
    });
  addPasses(teachers, asked.teachers);
  addPasses(
    arms.map(({ shape }) => shape),
    asked.arms,
  );
  for (const { arm, pair, shape, terms } of arms) {
    flops += 3 * forward(shape, studentNeeds(arm, terms));
    const [teacher] = teachers;
    if (!pair || !teacher) continue;
    for (const id of methodIds) {
      const { products } = methodOf(id);
      for (const { inner, outer } of products?.(pair, (term) => (terms as string[]).includes(term)) ?? []) {
        flops += 3 * productFlops(tokens, inner, outer);
      }
    }
    // The teacher's layers run within the student, and pass gradients on without taking any themselves.
    if (replacementsOf(arm).length > 0) flops += 2 * encoderFlops(teacher, tokens, sequenceLength);
  }
  return accumulation * flops;
}

/** Of one forward pass over a sequence of so many tokens, asked at one place. */
export const forwardFlops = (shape: TeacherShape, head: Head, length: number): number =>
  encoderFlops(shape, length, length) + headFlops(shape, head, 1);

const usualVocabulary = 2048;

/** The same of an experiment, before anything is loaded. `teacher`: the first one's shape; null where there is none. */
export function costOfUpdate(experiment: Experiment, teacher: TeacherShape | null): number {
  const { text, training, teacher: source } = experiment;
  const head: Head = isTask(text) ? { kind: 'classify', classes: labelCount(text) } : mlm;
  const vocabularySize =
    teacher?.vocabularySize ?? (source.kind === 'none' ? source.vocabularySize : usualVocabulary);
  const maxPositions = teacher?.maxPositions ?? training.sequenceLength;
  const arms = experiment.arms.map((arm) => ({
    arm: head.kind === 'mlm' ? arm : askedOnce(arm),
    shape: { ...arm.student, vocabularySize, maxPositions },
    pair: teacher && pairOf(arm, sourceShape(experiment, teacher, arm)),
    terms: termsOf(arm),
  }));
  const teachers = teacher ? teacherShapes(experiment, teacher) : [];
  return stepFlops({ teachers, arms, training, head });
}

/** [m, k] times [k, n]. */
const productFlops = (m: number, k: number, n: number) => 2 * m * k * n;

/** N tokens in sequences of L: query, key, value and output; scores and context; the two products of the feed-forward. */
function encoderFlops(
  { layers, hiddenSize: d, intermediateSize }: TeacherShape,
  N: number,
  L: number,
): number {
  const projections = 4 * productFlops(N, d, d);
  const attention = 2 * productFlops(N, d, L);
  const feedForward = 2 * productFlops(N, d, intermediateSize);
  return layers * (projections + attention + feedForward);
}

/** The head at so many rows: its transform or pooler, and the product with the whole vocabulary or with the classes. */
const headFlops = ({ hiddenSize: d, vocabularySize }: TeacherShape, head: Head, rows: number) =>
  productFlops(rows, d, d) + productFlops(rows, d, answersOf(head, vocabularySize));

/**
 * Billions of such operations a second that a step is assumed to reach before one has been measured. Measured with this
 * engine on one machine: WASM, for each thread, on the default preset (25 in Node, 38 in a browser that multiplies and adds
 * at once); plain JavaScript on the preset `tiny`; an emulated GPU on the benchmark's `mid`, two cores. Nobody measured the
 * figure of a real GPU: it is meant for graphics that share the processor's memory, and others are faster.
 */
export const assumedGflops = { webgpu: 150, emulatedWebgpu: 7, wasm: 30, cpu: 0.45 } as const;

/** Seconds that an update of so many operations may take, to within a factor of some three. */
export function assumedSeconds(
  flops: number,
  { name, software, threads }: Pick<BackendReport, 'name' | 'software' | 'threads'>,
): number {
  const gflops = name === 'webgpu' && software ? assumedGflops.emulatedWebgpu : assumedGflops[name];
  return flops / (1e9 * gflops * (name === 'wasm' ? threads : 1));
}

/** A pace that was measured: seconds an update of this cost took. */
export interface Pace {
  secondsPerUpdate: number;
  cost: number;
}

/**
 * Time grows more slowly than multiplications, since small models pay for calls as well: `distilbert` has 24 times as
 * many as `tiny`, and takes about 15 times as long on WASM.
 */
const growth = 0.85;

/**
 * About how many seconds a run takes, all its stages and the tuning of its teachers, at a pace that was measured on another one,
 * on the same machine and backend.
 */
export function estimateSeconds(
  experiment: Experiment,
  teacher: TeacherShape | null,
  measured: Pace,
): number {
  const seconds = (stage: Experiment, whose: TeacherShape | null) =>
    measured.secondsPerUpdate * (costOfUpdate(stage, whose) / measured.cost) ** growth * stage.training.steps;
  // Stages that ask for the same teacher share its tuning.
  const tuned = new Map<string, number>();
  const stages = stagesOf(experiment).map((_, i) => stageAt(experiment, i));
  for (const stage of stages) {
    const { text, tuning } = stage;
    if (!tuning || !teacher) continue;
    const own = tuningExperiment(
      { ...stage, teacher: { kind: 'none', vocabularySize: teacher.vocabularySize } },
      teacher,
    );
    tuned.set(canonical([text, tuning]), seconds(own, null));
  }
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return sum(stages.map((stage) => seconds(stage, teacher))) + sum([...tuned.values()]);
}
