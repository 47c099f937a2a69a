/** A measurement in words and rows. */
import type { TFunction } from 'i18next';
import type { Problem, ProblemCode } from '../../../config/problems';
import { i18next } from '../../../i18n/i18n';
import type { SpeedFigures, SpeedResult } from '../../../store/speed';
import { formatCount, formatFixed, formatMilliseconds, formatShort } from '../../format';

/** Times within 5 % of each other are called equal: medians of a busy machine differ by as much. */
const sameTime = 0.05;

/** What a measurement comes to, in one sentence. */
export function verdict({ figures, agree }: SpeedResult, t: TFunction): string {
  const ours = figures.find(({ engine }) => engine === 'stillroom');
  if (!ours) return t(figures.length > 0 ? 'speed.verdict.withoutOurs' : 'speed.verdict.nothing');
  const time = formatMilliseconds(ours.stepMs).replace(' ', '\u00a0');
  const peers = figures.filter((figure) => figure !== ours);
  if (peers.length === 0) return t('speed.verdict.alone', { time });
  const parts = peers.map(({ engine, stepMs }) => {
    const ratio = stepMs / ours.stepMs;
    const kind = Math.abs(ratio - 1) < sameTime ? 'same' : ratio > 1 ? 'faster' : 'slower';
    const times = formatShort(Math.max(ratio, 1 / ratio), 2);
    return t(`speed.verdict.${kind}`, { times, engine: t(`speed.engine.${engine}`) });
  });
  const losses = agree ? t('speed.verdict.agree', { count: peers.length }) : t('speed.verdict.differ');
  return t('speed.verdict.compared', { time, parts: listed(parts), losses });
}

const listed = (parts: string[]) =>
  new Intl.ListFormat(i18next.language, { type: 'conjunction' }).format(parts);

/** Every engine's losses, for a measurement in which they differ. */
export const lossesInWords = ({ figures }: SpeedResult, t: TFunction): string =>
  t('speed.losses', {
    list: listed(
      figures.map(({ engine, losses }) =>
        t('speed.lossesOf', {
          engine: t(`speed.engine.${engine}`),
          values: losses.map((loss) => formatFixed(loss, 4)),
        }),
      ),
    ),
  });

export interface FigureRow {
  key: string;
  label: string;
  meaning: string;
  /** By engine, in the order of the figures. */
  values: string[];
}

/** What a backend has no figure for has no row. */
export function figureRows({ backend, figures, workload }: SpeedResult, t: TFunction): FigureRow[] {
  const onGpu = backend.name === 'webgpu';
  const none = t('speed.none');
  const milliseconds = (value: number | null) => (value === null ? none : formatMilliseconds(value));
  const count = (value: number | null) => (value === null ? none : formatCount(value));
  const row = (
    key: 'step' | 'pipelined' | 'tokens' | 'first' | 'dispatches' | 'encode' | 'threads' | 'loss',
    value: (of: SpeedFigures) => string,
  ): FigureRow => ({
    key,
    label: t(`speed.${key}`),
    meaning: t(`speed.${key}Meaning`, { tokens: workload.batchSize * workload.sequenceLength }),
    values: figures.map(value),
  });
  return [
    row('step', ({ stepMs }) => milliseconds(stepMs)),
    row('pipelined', ({ pipelinedMs }) => milliseconds(pipelinedMs)),
    row('tokens', ({ tokensPerSecond }) => count(tokensPerSecond)),
    row('first', ({ firstStepMs }) => milliseconds(firstStepMs)),
    ...(onGpu
      ? [
          row('dispatches', ({ dispatches }) => count(dispatches)),
          row('encode', ({ encodeMs }) => milliseconds(encodeMs)),
        ]
      : [row('threads', ({ threads }) => count(threads))]),
    row('loss', ({ losses }) => formatFixed(losses[1], 4)),
  ];
}

/** The values of the problem that an engine could not finish. */
export function failureValues({ engine, message, problem }: SpeedResult['failures'][number], t: TFunction) {
  // The figures come as data, of which the key's type knows nothing.
  const say = t as (key: `problem.${ProblemCode}.title`, figures: Problem['values']) => string;
  const words = problem ? say(`problem.${problem.code}.title`, problem.values) : message;
  // They are quoted in a sentence that has its own full stop.
  return { engine: t(`speed.engine.${engine}`), message: words.replace(/\.$/, '') };
}

/** "WASM on 8 logical processors." */
export const machineInWords = ({ backend, cores, figures }: SpeedResult, t: TFunction): string =>
  backend.name === 'webgpu'
    ? t('speed.machine.webgpu', {
        adapter: figures.find(({ adapter }) => adapter)?.adapter ?? backend.adapter ?? 'GPU',
      })
    : t('speed.machine.wasm', { count: cores });

/** "One step: 16 sequences of 16 tokens, ..." */
export const workloadInWords = ({ workload }: SpeedResult, t: TFunction): string =>
  t('speed.workload', {
    batch: workload.batchSize,
    length: workload.sequenceLength,
    vocabulary: workload.vocabularySize,
    teacherLayers: workload.teacher.layers,
    teacherWidth: workload.teacher.hiddenSize,
    studentLayers: workload.student.layers,
    studentWidth: workload.student.hiddenSize,
  });

/** Everything, to be pasted elsewhere: columns are set off by tabs, so that a spreadsheet takes them as such. */
export function asText(result: SpeedResult, t: TFunction): string {
  const engines = result.figures.map(({ engine }) => t(`speed.engine.${engine}`));
  const rows = figureRows(result, t).map(({ label, values }) => [label, ...values]);
  const remarks = [
    !result.agree && lossesInWords(result, t),
    ...result.failures.map((failure) => {
      const values = failureValues(failure, t);
      return `${t('problem.engineFailed.title', values)}. ${t('problem.engineFailed.text', values)}`;
    }),
    result.hidden && t('speed.hidden'),
    machineInWords(result, t),
    result.backend.software && t('speed.software'),
    workloadInWords(result, t),
  ].filter((remark) => remark !== false);
  const table = figuresTable(engines, rows);
  return [`Stillroom: ${verdict(result, t)}`, ...(table ? [table] : []), remarks.join('\n')].join('\n\n');
}

const figuresTable = (engines: string[], rows: string[][]) =>
  engines.length > 0 ? [['', ...engines], ...rows].map((cells) => cells.join('\t')).join('\n') : '';
