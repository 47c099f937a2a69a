/** Fills the table of tasks, one task and one seed at a time, until a person stops it or does something else. */
import { create } from 'zustand';
import { difference } from '../config/compare';
import type { Experiment } from '../config/experiment';
import { type Problem, problemOf } from '../config/problems';
import { nearestPreset } from '../config/urlWriting';
import { importAgain } from '../util/importAgain';
import { useResultsKept } from './resultsKept';
import { nextCell, type TaskResult, type TaskSource } from './taskTable';
import { useDraftStore } from './useDraftStore';
import { usePlayground } from './usePlayground';

const schemas = () => importAgain(() => import('./schemas'));

/** The results that are kept, the newest first. @throws ProblemError where the browser's storage can't be read */
export const listResults = async (): Promise<TaskResult[]> => (await schemas()).listTaskResults();

/** Deletes an arm's row. @throws ProblemError as above */
export const deleteRow = async (results: readonly TaskResult[], arm: string): Promise<void> =>
  (await schemas()).deleteTaskResults(
    results.map(({ id }) => id),
    arm,
  );

/** Opens an experiment on the page, in place of the one there. */
export function openRecipe(experiment: Experiment) {
  usePlayground.setState({ preset: nearestPreset(experiment) });
  usePlayground.getState().actions.applyExperiment(experiment);
}

/** Plays an experiment from its first step, whatever is open. */
function playFromStart(wanted: Experiment) {
  const { experiment, status } = usePlayground.getState();
  openRecipe(wanted);
  // The same again goes on where it is, unless it is told not to.
  if (difference(experiment, wanted) !== 'structure' && status.step > 0) {
    usePlayground.getState().actions.reset();
  }
  useDraftStore.getState().start(wanted);
}

export interface FillingState {
  problem: Problem | null;
  /** Fills the cells of these recipes on these tasks, one after the other. */
  begin(recipes: readonly Experiment[], tasks: readonly TaskSource[]): Promise<void>;
  /** Pauses the run, and lets it be. */
  stop(): void;
}

export const useFilling = create<FillingState>()((set) => {
  const now = () => usePlayground.getState().filling;
  const tell = (cell: Experiment | null, problem: Problem | null = null) => {
    usePlayground.setState({ filling: cell });
    set({ problem });
  };
  let asked: { recipes: readonly Experiment[]; tasks: readonly TaskSource[] } | null = null;
  let starting = false;

  const end = (problem: Problem | null = null) => {
    asked = null;
    tell(null, problem);
  };

  async function goOn() {
    const wanted = asked;
    if (!wanted) return;
    try {
      const cell = nextCell(wanted.recipes, wanted.tasks, await listResults());
      // Stopped meanwhile.
      if (asked !== wanted) return;
      const last = now();
      // Where its numbers were moved on the way the cell is as empty as before: a person is at it.
      if (!cell || (last && difference(cell, last) === 'none')) return end();
      starting = true;
      tell(cell);
      playFromStart(cell);
      starting = false;
      // Refused, which has been told.
      if (difference(usePlayground.getState().experiment, cell) === 'structure') end();
    } catch (error) {
      starting = false;
      end(problemOf(error));
    }
  }

  usePlayground.subscribe(({ phase, status, experiment }, before) => {
    const cell = now();
    if (!cell || starting) return;
    const isOther = difference(experiment, cell) === 'structure';
    const isPaused =
      phase === 'ready' && status.state === 'paused' && before.status.state === 'playing' && status.step > 0;
    const isReset = phase === 'opening' && status.step === 0 && before.status.step > 0;
    if (phase === 'failed' || isOther || isPaused || isReset) end();
  });
  useResultsKept.subscribe(() => {
    if (now() && usePlayground.getState().status.state === 'finished') void goOn();
  });

  return {
    problem: null,
    begin: (recipes, tasks) => {
      asked = { recipes, tasks };
      tell(null);
      return goOn();
    },
    stop: () => {
      const isPlaying = now() && usePlayground.getState().status.state === 'playing';
      end();
      if (isPlaying) void usePlayground.getState().actions.pause();
    },
  };
});
