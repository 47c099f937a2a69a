/** How fast updates are on this machine, so that the page can say about how long another run takes. */
import { create } from 'zustand';
import { costOfUpdate, estimateSeconds, type Pace } from '../config/cost';
import type { Experiment } from '../config/experiment';
import { presets } from '../config/presets';
import type { BackendReport } from '../config/results';
import { bundledTeachers, type TeacherShape } from '../config/teachers';
import { presentStage } from './stage';
import { usePlayground } from './usePlayground';

/** Seconds that an update of the preset `tiny` takes on most machines, until one has been measured here. */
const usualSeconds = { webgpu: 0.008, emulated: 0.15, wasm: 0.014, cpu: 0.4 };

const tinyCost = costOfUpdate(presets.tiny, bundledTeachers['stories-4x32']);

/** What is taken for the pace before any update has been timed. */
export function usualPace({ name, software }: Pick<BackendReport, 'name' | 'software'>): Pace {
  return { secondsPerUpdate: usualSeconds[software ? 'emulated' : name], cost: tinyCost };
}

/** The pace of the last run at full speed on this page; null before the first. */
export const usePace = create<{ measured: Pace | null }>()((set) => {
  usePlayground.subscribe((state, before) => {
    const { status, speed, opened, backend } = state;
    // Another backend has another pace.
    if (backend?.name !== before.backend?.name) set({ measured: null });
    const { stepsPerSecond } = status;
    if (!stepsPerSecond || speed !== null || !opened || status === before.status) return;
    const cost = costOfUpdate(presentStage(state), opened.teacher?.shape ?? null);
    set({ measured: { secondsPerUpdate: 1 / stepsPerSecond, cost } });
  });
  return { measured: null };
});

/** About how many seconds a run takes here; null before the backend is known. `teacher`: null where there is none. */
export function useEstimate(experiment: Experiment, teacher: TeacherShape | null): number | null {
  const measured = usePace((state) => state.measured);
  const backend = usePlayground((state) => state.backend);
  if (!backend) return null;
  return estimateSeconds(experiment, teacher, measured ?? usualPace(backend));
}
