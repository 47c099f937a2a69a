import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ArmLedger, pullIn } from '../../config/ledger';
import { isTask } from '../../config/tasks';
import { termOf } from '../../methods/registry';
import { presentStage } from '../../store/stage';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { Typeset } from '../controls/Typeset';
import { armStyle } from '../modelStyle';
import { useArmNames } from '../useModelNames';
import dialogs from './dialogs.module.css';
import { ArmPicker } from './experiment/ArmPicker';
import { ProblemBox } from './files/ProblemBox';
import { Cosines } from './ledger/Cosines';
import type { Where } from './ledger/figures';
import { Keeping } from './ledger/Keeping';
import styles from './ledger/ledger.module.css';
import { OverTime } from './ledger/OverTime';
import { Shares } from './ledger/Shares';
import { RunHere } from './RunHere';

interface Props {
  /** Id of the arm that is shown first; the first one that learns by several losses where it is left out. */
  arm?: string;
  onClose: () => void;
}

/** What each loss of a student gives to its gradient, layer by layer, whether they pull together, and how that changes. */
export function LedgerDialog({ arm: first, onClose }: Props) {
  const { t } = useTranslation();
  const arms = usePlayground((state) => presentStage(state).arms);
  const names = useArmNames(usePlayground((state) => state.experiment));
  const failure = usePlayground((state) => (state.phase === 'failed' ? state.failure : null));
  const problem = usePlayground((state) => state.ledger.problem);
  const [selected, select] = useState(first);
  const several = arms.find(
    ({ weights }) => Object.values(weights).filter((weight) => weight > 0).length > 1,
  );
  const arm = arms.find(({ id }) => id === selected) ?? several ?? arms[0];
  return (
    <PageDialog title={t('ledger.title')} size="72rem" ofNow onClose={onClose}>
      <PanelBoundary minHeight={240}>
        <div className={dialogs.stack}>
          <p className={dialogs.lede}>{t('ledger.lede')}</p>
          <ProblemBox problem={failure ?? problem} />
          <Keeping>
            <ArmPicker arms={arms} names={names} selected={arm} onSelect={select} />
            <RunHere />
          </Keeping>
          <Found arm={arm.id} style={armStyle(arms.indexOf(arm))} />
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}

/** What was found, or why there is nothing to see. */
function Found({ arm, style }: { arm: string; style: ReturnType<typeof armStyle> }) {
  const { t } = useTranslation();
  const point = usePlayground(({ ledger }) => ledger.points[ledger.points.length - 1]);
  const kept = usePlayground(({ ledger }) => ledger.setting !== null);
  const ready = usePlayground((state) => state.phase === 'ready');
  const own = point?.arms[arm];
  if (own && own.terms.length > 1) return <Figures arm={arm} style={style} ledger={own} step={point.step} />;
  const why = () => {
    if (!kept && !point) return t('ledger.off');
    if (!ready) return t('ledger.opening');
    if (!point) return t('ledger.waiting');
    const [only] = own?.terms ?? [];
    return only ? t('ledger.oneTerm', { term: termOf(only).symbol }) : t('ledger.noTerm');
  };
  return (
    <p className={styles.said} aria-live="polite">
      <Typeset>{why()}</Typeset>
    </p>
  );
}

function Figures({
  arm,
  style,
  ledger,
  step,
}: {
  arm: string;
  style: ReturnType<typeof armStyle>;
  ledger: ArmLedger;
  step: number;
}) {
  const { t } = useTranslation();
  // A classifier has an output matrix of its own.
  const tied = usePlayground((state) => !isTask(presentStage(state).text)) ? (['tied'] as const) : [];
  const [chosen, choose] = useState<Where>('all');
  // Another student may have other parts.
  const where = pullIn(ledger, chosen) ? chosen : 'all';
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <Shares ledger={ledger} style={style} step={step} where={where} onWhere={choose} />
        <OverTime arm={arm} style={style} where={where} />
      </div>
      <div className={styles.column}>
        <Cosines ledger={ledger} step={step} where={where} />
        <section className={styles.figure}>
          <h3>{t('ledger.read.title')}</h3>
          {(['adam', ...tied, 'reach', 'batch', 'life'] as const).map((what) => (
            <p key={what} className={styles.note}>
              {t(`ledger.read.${what}`)}
            </p>
          ))}
        </section>
      </div>
    </div>
  );
}
