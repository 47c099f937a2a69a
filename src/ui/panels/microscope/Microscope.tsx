import { Tabs } from '@mantine/core';
import { memo, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { formatCount } from '../../format';
import { LookedContext, useLooked } from './looked';
import styles from './microscope.module.css';
import { Sentence } from './Sentence';
import { TemperatureRow } from './TemperatureRow';
import { views } from './views';

/** What is looked at: the sentence, and the step of the run. */
function Subject() {
  const { t } = useTranslation();
  const looked = useContext(LookedContext);
  return (
    <p className={styles.subject}>
      {looked && (
        <>
          <Sentence sentence={looked.probe.sentence} />{' '}
          <span>{t('microscope.atStep', { step: formatCount(looked.probe.step) })}</span>
        </>
      )}
    </p>
  );
}

/** Memoised: while students train, only what shows their answers is drawn again. */
const Body = memo(function Body() {
  const { t } = useTranslation();
  return (
    <div className={styles.microscope}>
      <Subject />
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
            <View />
          </Tabs.Panel>
        ))}
      </Tabs>
    </div>
  );
});

/** One word under the glass: T above, and what it does to one word's logits in several views. */
export function Microscope() {
  return (
    <LookedContext value={useLooked()}>
      <Body />
    </LookedContext>
  );
}
