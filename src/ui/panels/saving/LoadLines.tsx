import { useTranslation } from 'react-i18next';
import type { SavableModels } from '../../../config/savable';
import { pythonLines } from '../../../i18n/pythonLines';
import dialogs from '../dialogs.module.css';
import kept from '../kept/kept.module.css';
import styles from './saving.module.css';

/** The lines of Python that load a folder. */
export function LoadLines({ known, folder }: { known: SavableModels; folder: string }) {
  const { t } = useTranslation();
  const { classes, pairs } = known;
  return (
    <section className={kept.kind}>
      <h3>{t('saving.loadTitle')}</h3>
      <p className={dialogs.lede}>{t('saving.load')}</p>
      <pre className={styles.lines}>
        <code>{pythonLines({ classes, pairs, folder }, t).join('\n')}</code>
      </pre>
    </section>
  );
}
