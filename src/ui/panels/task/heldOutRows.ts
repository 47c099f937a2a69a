/** Which held-out rows of a task are shown, from what every model says of them. */
import { teacherModel } from '../../../config/modelIds';
import type { ClassGuess, HeldOutGuesses } from '../../../config/results';

/** Rows by what one model says of them; the last four beside what the teacher says. */
export const filters = [
  'all',
  'wrong',
  'right',
  'disagree',
  'studentRight',
  'teacherRight',
  'bothWrong',
] as const;
export type Filter = (typeof filters)[number];

/** Those that can be asked of a model. */
export const filtersOf = (model: string, { guesses }: Pick<HeldOutGuesses, 'guesses'>): Filter[] =>
  model === teacherModel || !guesses[teacherModel] ? filters.slice(0, 3) : [...filters];

/** A cell of the confusion matrix: rows of this label of which the model says that. */
export interface MatrixCell {
  label: number;
  said: number;
}

export interface Wanted {
  model: string;
  filter: Filter;
  cell: MatrixCell | null;
}

/** Rows by label (first index) and by what the model says (second), [C][C]. */
export function matrixOf({ labels, rows, guesses }: HeldOutGuesses, model: string): number[][] {
  const matrix = labels.map(() => labels.map(() => 0));
  rows.forEach(({ label }, row) => {
    matrix[label][guesses[model][row].label] += 1;
  });
  return matrix;
}

/** Indices of the rows that are wanted, those first of which the model is surest. */
export function rowsWanted({ rows, guesses }: HeldOutGuesses, { model, filter, cell }: Wanted): number[] {
  const own = guesses[model];
  const teacher: ClassGuess[] | undefined = guesses[teacherModel];
  const fits = (row: number) => {
    const { label } = rows[row];
    const said = own[row].label;
    if (cell && (cell.label !== label || cell.said !== said)) return false;
    const right = said === label;
    const byTeacher = teacher?.[row].label;
    switch (filter) {
      case 'all':
        return true;
      case 'wrong':
        return !right;
      case 'right':
        return right;
      case 'disagree':
        return said !== byTeacher;
      case 'studentRight':
        return right && byTeacher !== label;
      case 'teacherRight':
        return !right && byTeacher === label;
      case 'bothWrong':
        return !right && byTeacher !== label;
    }
  };
  return rows
    .map((_, row) => row)
    .filter(fits)
    .sort((a, b) => own[b].probability - own[a].probability);
}

const moves: Record<string, [label: number, said: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** The cell that a key leads to; null where it is none of the arrows, Home and End. */
export function movedTo({ label, said }: MatrixCell, key: string, labels: number): MatrixCell | null {
  if (key === 'Home') return { label, said: 0 };
  if (key === 'End') return { label, said: labels - 1 };
  const move = moves[key];
  if (!move) return null;
  const within = (index: number) => Math.min(labels - 1, Math.max(0, index));
  return { label: within(label + move[0]), said: within(said + move[1]) };
}
