import { useTranslation } from 'react-i18next';

/** In place of the whole page when it fails: plain elements in the dress of public/start.css, which need nothing else. */
export function PageStopped() {
  const { t } = useTranslation();
  return (
    <section className="start" role="alert">
      <h1>{t('start.stopped.title')}</h1>
      {t('start.stopped.text', { returnObjects: true }).map((words) => (
        <p key={words}>{words}</p>
      ))}
      <button type="button" onClick={() => location.reload()}>
        {t('start.reload')}
      </button>
    </section>
  );
}
