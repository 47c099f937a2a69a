/** Attention in numbers, as files have it. */
import type { EvaluationPoint, Probe } from '../../../protocol/messages';
import type { Cells } from '../../figures/csv';
import { type AttentionOf, type Choice, mapsOf } from './headMaps';

export const mapColumns = [
  'map',
  'block',
  'head',
  'of',
  'queryPlace',
  'query',
  'keyPlace',
  'key',
  'value',
] as const;

/** Every cell of the maps of one head; tokens are counted from 1. */
export function mapLines(
  probe: Probe,
  choice: Choice,
  of: AttentionOf,
  names: { teacher: string; student: string },
): Cells {
  const { teacher, student } = mapsOf(probe, choice, of);
  const { tokens } = probe;
  const { block, head, teacherBlock } = choice;
  const linesOf = (name: string, ofBlock: number | null, map: Float32Array | null) =>
    map
      ? Array.from(map, (value, i) => {
          const [query, key] = [Math.floor(i / tokens.length), i % tokens.length];
          return [name, ofBlock, head, of, query + 1, tokens[query], key + 1, tokens[key], value];
        })
      : [];
  return [...linesOf(names.teacher, teacherBlock, teacher), ...linesOf(names.student, block, student)];
}

export const distanceColumns = ['step', 'model', 'block', 'head', 'scores', 'probabilities'] as const;

/** Mean squared errors of every evaluation, mapped block and head. */
export const distanceLines = (
  evaluations: readonly EvaluationPoint[],
  models: readonly { id: string; name: string }[],
): Cells =>
  evaluations.flatMap(({ step, arms }) =>
    models.flatMap(({ id, name }) => {
      const attention = arms[id]?.attention;
      if (!attention) return [];
      return attention.scores.flatMap((heads, block) =>
        heads.map((scores, head) => [
          step,
          name,
          block + 1,
          head + 1,
          scores,
          attention.probabilities[block][head],
        ]),
      );
    }),
  );
