/** The scoreboard in numbers, as a file has it: a line for each model, what was not measured left out. */
import type { Cells } from '../../figures/csv';
import type { Measured } from './summary';

export const scoreColumns = [
  'model',
  'words',
  'accuracy',
  'loss',
  'agreement',
  'kl',
  'klError',
  'parameters',
  'bytes',
  'one',
  'oneLow',
  'oneHigh',
  'many',
  'manyLow',
  'manyHigh',
] as const;

/** @param words masked words, or rows of a task, that quality was measured on */
export const scoreLines = (
  models: readonly { id: string; name: string }[],
  measured: Record<string, Measured>,
  words: number,
): Cells =>
  models.map(({ id, name }) => {
    const { quality = null, size = null, latency = null } = measured[id] ?? {};
    const figures = words > 0 ? quality : null;
    return [
      name,
      figures && words,
      figures?.accuracy ?? null,
      figures?.loss ?? null,
      figures?.agreement ?? null,
      figures?.klToTeacher ?? null,
      figures?.klError ?? null,
      size?.parameters ?? null,
      size?.bytes ?? null,
      latency?.batch1Ms ?? null,
      latency?.batch1Middle[0] ?? null,
      latency?.batch1Middle[1] ?? null,
      latency?.batch32Ms ?? null,
      latency?.batch32Middle[0] ?? null,
      latency?.batch32Middle[1] ?? null,
    ];
  });
