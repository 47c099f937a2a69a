/** The views of the microscope, in the order of their tabs; one more is a line here and its name in the words. */
import { type ComponentType, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { microscope } from '../../../i18n/en/microscope';
import { Curves } from './Curves';
import { Gradient } from './Gradient';
import { Ladder } from './Ladder';
import { type Looked, LookedContext } from './looked';
import styles from './microscope.module.css';

interface View {
  id: keyof typeof microscope.views;
  View: ComponentType;
}

/** A view of logits, and a word in its place until there are any. */
const ofLogits = (View: ComponentType<{ looked: Looked }>) =>
  function OfLogits() {
    const { t } = useTranslation();
    const looked = useContext(LookedContext);
    return looked ? (
      <View looked={looked} />
    ) : (
      <p className={styles.waiting} aria-busy="true">
        {t('microscope.waiting')}
      </p>
    );
  };

export const views: View[] = [
  { id: 'ladder', View: ofLogits(Ladder) },
  { id: 'curves', View: ofLogits(Curves) },
  { id: 'gradient', View: ofLogits(Gradient) },
];
