import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, ProblemError, problemOf } from '../../../config/problems';
import type { SavableModel, SavableModels } from '../../../config/savable';
import type { Metric } from '../../../config/tasks';
import { modelCard } from '../../../i18n/modelCard';
import { usePlayground } from '../../../store/usePlayground';
import { spoken } from '../../symbols';
import { cardOf, folderOf } from './cardOf';

/** How far the saving of a model is. */
export type Saving =
  | { phase: 'measuring' | 'writing'; id: string; name: string }
  | { phase: 'done'; id: string; file: string; bytes: number }
  | { phase: 'failed'; id: string; problem: Problem };

/** Saves models one at a time: measured where need be, then written by the worker. */
export function useSaving(known: SavableModels | null, metric: Metric | null) {
  const { t } = useTranslation();
  const actions = usePlayground((state) => state.actions);
  const [saving, setSaving] = useState<Saving | null>(null);

  const save = async (model: SavableModel, name: string) => {
    if (!known) return;
    const { id } = model;
    const said = spoken(name);
    setSaving({ phase: 'measuring', id, name: said });
    try {
      const point = await actions.measureHeldOut();
      setSaving({ phase: 'writing', id, name: said });
      const state = usePlayground.getState();
      const { step } = state.status;
      // It was played on meanwhile.
      if (step !== point.step) throw new ProblemError('interrupted');
      const isStudent = state.experiment.arms.some((arm) => arm.id === id);
      const folder = folderOf(id, step, isStudent);
      const href = location.href;
      const card = modelCard(cardOf({ state, known, model, name: said, folder, point, metric, href }), t);
      const bytes = await actions.saveModel({ id, step, folder, card });
      setSaving({ phase: 'done', id, file: `${folder}.zip`, bytes });
    } catch (error) {
      setSaving({ phase: 'failed', id, problem: problemOf(error) });
    }
  };
  return { saving, save };
}
