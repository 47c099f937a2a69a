import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format';
import { type Looked, useLooked } from './looked';
import styles from './microscope.module.css';
import { Sentence } from './Sentence';
import { TemperatureRow } from './TemperatureRow';
import { views } from './views';

/** What is looked at: the sentence, and the step of the run. */
function Subject({ looked }: { looked: Looked }) {
  const { t } = useTranslation();
  return (
    <p className={styles.subject}>
      <Sentence sentence={looked.probe.sentence} />{' '}
      <span>{t('microscope.atStep', { step: formatCount(looked.probe.step) })}</span>
    </p>
  );
}

/** One word under the glass: T above, and what it does to one word's logits in several views. */
export function Microscope() {
  const { t } = useTranslation();
  const looked = useLooked();
  return (
    <div className={styles.microscope}>
      {looked && <Subject looked={looked} />}
      <TemperatureRow />
      <Tabs defaultValue={views[0].id} keepMounted={false}>
        <Tabs.List aria-label={t('microscope.viewsLabel')}>
          {views.map(({ id }) => (
            <Tabs.Tab key={id} value={id}>
              {t(`microscope.views.${id}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {views.map(({ id, View }) => (
          <Tabs.Panel key={id} value={id} className={styles.panel}>
            <View looked={looked} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
}
