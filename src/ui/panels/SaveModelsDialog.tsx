import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hubClassOf } from '../../config/hubClass';
import type { SavableModel } from '../../config/savable';
import { stagesOf } from '../../config/stages';
import { isOwn } from '../../config/text';
import { usePlayground } from '../../store/usePlayground';
import { ModelMark } from '../controls/ModelMark';
import { PageDialog } from '../controls/PageDialog';
import { formatBytes, formatCompact } from '../format';
import { spoken } from '../symbols';
import { useModels, useOtherTeachers } from '../useModelNames';
import { useTask } from '../useTask';
import dialogs from './dialogs.module.css';
import kept from './kept/kept.module.css';
import { folderOf } from './saving/cardOf';
import { LoadLines } from './saving/LoadLines';
import { SavingLine } from './saving/SavingLine';
import styles from './saving/saving.module.css';
import { useSaving } from './saving/useSaving';
import { Asking } from './task/Asking';
import { useAnswer } from './task/useAnswer';

const nothing = () => {};

/** "Save a model for other programs": each model of the stage at hand as a zip that `transformers` loads. */
export function SaveModelsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { savableModels } = usePlayground((state) => state.actions);
  const { answer: known, problem, again } = useAnswer(savableModels, nothing);
  const step = usePlayground((state) => state.status.step);
  const isOwnWork = usePlayground(
    ({ experiment }) =>
      experiment.teacher.kind === 'saved' || stagesOf(experiment).some(({ text }) => isOwn(text)),
  );
  const metric = useTask()?.metric ?? null;
  const names = [...useModels(), ...useOtherTeachers()];
  const arms = usePlayground((state) => state.experiment.arms);
  const { saving, save } = useSaving(known, metric);
  const [last, setLast] = useState<SavableModel | null>(null);
  const isStudent = ({ id }: SavableModel) => arms.some((arm) => arm.id === id);
  const isBusy = saving?.phase === 'measuring' || saving?.phase === 'writing';
  const shown = (known?.models ?? []).flatMap((model) => {
    const named = names.find(({ id }) => id === model.id);
    return named ? [{ model, ...named }] : [];
  });
  const example = last ?? shown.at(-1)?.model;
  return (
    <PageDialog title={t('saving.title')} size="xl" onClose={onClose}>
      <div className={dialogs.stack}>
        <p className={dialogs.lede}>{t('saving.lede')}</p>
        <p className={dialogs.lede}>
          {t('saving.rests')} {step === 0 && t('saving.untrained')}
        </p>
        {!known && <Asking label={t('saving.loading')} problem={problem} onAgain={again} />}
        <ul className={kept.rows}>
          {shown.map(({ model, name, style }) => (
            <li key={model.id}>
              <span className={kept.what}>
                <strong className={styles.name}>
                  <ModelMark name={name} style={style} />
                </strong>
                <span>
                  <code>{hubClassOf(model.shape.tokenTypes, known?.classes ? 'classify' : 'mlm')}</code>,{' '}
                  {t('saving.model', {
                    parameters: formatCompact(model.parameters),
                    bytes: formatBytes(4 * model.parameters),
                  })}
                </span>
              </span>
              <Button
                size="xs"
                variant="default"
                disabled={isBusy || (step === 0 && isStudent(model))}
                aria-label={t('saving.saveNamed', { name: spoken(name) })}
                onClick={() => {
                  setLast(model);
                  void save(model, name);
                }}
              >
                {t('saving.save')}
              </Button>
            </li>
          ))}
        </ul>
        <SavingLine saving={saving} />
        {known && example && (
          <LoadLines known={known} folder={folderOf(example.id, step, isStudent(example))} />
        )}
        {isOwnWork && (
          <section className={kept.kind}>
            <h3>{t('saving.ownTitle')}</h3>
            <p className={dialogs.lede}>{t('saving.own')}</p>
          </section>
        )}
      </div>
    </PageDialog>
  );
}
