import { useTranslation } from 'react-i18next';
import { formatBytes } from '../../format';
import { useProblemWords } from '../../useProblemWords';
import dialogs from '../dialogs.module.css';
import type { Saving } from './useSaving';

/** How far the saving is, spoken as it changes. */
export function SavingLine({ saving }: { saving: Saving | null }) {
  const { t } = useTranslation();
  const words = useProblemWords();
  if (saving?.phase === 'failed') {
    const { problem } = saving;
    // What was overtaken is no fault, and its words speak of measuring.
    const said =
      problem.code === 'interrupted'
        ? { title: t('saving.ended.title'), text: t('saving.ended.text') }
        : words(problem);
    return (
      <div className={dialogs.problem} role="alert">
        <strong>{said.title}</strong>
        <p>{said.text}</p>
      </div>
    );
  }
  return (
    <p role="status">
      {saving?.phase === 'measuring' && t('saving.measuring', { name: saving.name })}
      {saving?.phase === 'writing' && t('saving.writing', { name: saving.name })}
      {saving?.phase === 'done' && t('saving.done', { file: saving.file, bytes: formatBytes(saving.bytes) })}
    </p>
  );
}
