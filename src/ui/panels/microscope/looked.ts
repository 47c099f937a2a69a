import { createContext, startTransition, useEffect, useMemo, useState } from 'react';
import { teacherModel } from '../../../config/modelIds';
import { Work } from '../../../data/work';
import type { Probe } from '../../../protocol/messages';
import { usePlayground } from '../../../store/usePlayground';
import { type NamedModel, useModels } from '../../useModelNames';
import { useTask } from '../../useTask';
import { useTemperature } from '../../useTemperature';
import { type Softening, soften, softenings } from './soften';

export interface LookedModel extends NamedModel {
  /** [V], at the mask, or of a task's classes. */
  logits: Float32Array;
}

/** Everything that the microscope draws, of one moment of the run. */
export interface Looked {
  probe: Probe;
  /** Words, or a task's classes, by index. */
  vocabulary: readonly string[];
  isTask: boolean;
  /** The teacher first, where there is one. */
  models: LookedModel[];
  teacher: LookedModel | null;
  students: LookedModel[];
  /** At every T of `curveTemperatures`, models in the order of the probe's. */
  curves: Softening[];
  /** At the T that the page looks at. */
  now: Softening;
}

/** Carries the moment past whatever does not depend on it; null while the models have not answered. */
export const LookedContext = createContext<Looked | null>(null);

/** Milliseconds of rest between two moments of a run that goes on. */
const restFor = 400;

interface Drawn {
  probe: Probe;
  curves: Softening[];
}

/** The newest probe, softened at every T, in slices that hold up nothing; moments that pass meanwhile are left out. */
function useSoftenedProbe(): Drawn | null {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    const ending = new AbortController();
    const work = new Work({ signal: ending.signal });
    let shown: Probe | null = null;
    let busy = false;
    const follow = async () => {
      if (busy) return;
      busy = true;
      try {
        for (;;) {
          const { probe } = usePlayground.getState();
          if (probe === shown) break;
          shown = probe;
          const curves = probe && (await work.run(softenings(probe.models, teacherModel)));
          if (ending.signal.aborted) return;
          // In slices too: what a person does meanwhile comes first.
          startTransition(() => setDrawn(probe && curves && { probe, curves }));
          await new Promise((resolve) => setTimeout(resolve, restFor));
        }
      } catch (error) {
        if (!ending.signal.aborted) throw error;
      } finally {
        busy = false;
      }
    };
    void follow();
    const unsubscribe = usePlayground.subscribe(() => void follow());
    return () => {
      unsubscribe();
      ending.abort();
    };
  }, []);
  return drawn;
}

/** Null while the models have not read the sentence, or what they read belongs to another vocabulary. */
export function useLooked(): Looked | null {
  const drawn = useSoftenedProbe();
  const named = useModels();
  const task = useTask();
  const pieces = usePlayground((state) => state.opened?.vocabulary);
  const { view } = useTemperature();
  const now = useMemo(() => drawn && soften(drawn.probe.models, teacherModel, view), [drawn, view]);
  const vocabulary = task ? drawn?.probe.classes && task.labels : pieces;
  return useMemo(() => {
    if (!drawn || !now || !vocabulary) return null;
    const { probe, curves } = drawn;
    const models = named.flatMap((model) => {
      const own = probe.models.find(({ id }) => id === model.id);
      return own?.logits.length === vocabulary.length ? [{ ...model, logits: own.logits }] : [];
    });
    if (models.length === 0) return null;
    return {
      probe,
      vocabulary,
      isTask: task !== null,
      models,
      teacher: models.find(({ id }) => id === teacherModel) ?? null,
      students: models.filter(({ id }) => id !== teacherModel),
      curves,
      now,
    };
  }, [drawn, now, vocabulary, named, task]);
}

/** One model at one T. */
export function at(softening: Softening, model: LookedModel) {
  const own = softening.models.find(({ id }) => id === model.id);
  if (!own) throw new Error(`${model.id} was not softened.`);
  return own;
}
