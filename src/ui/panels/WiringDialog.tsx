import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { PanelBoundary } from '../controls/PanelBoundary';
import { useArmNames } from '../useModelNames';
import dialogs from './dialogs.module.css';
import { ArmPicker } from './experiment/ArmPicker';
import { NoTeacher } from './experiment/NoTeacher';
import { PendingBar } from './experiment/PendingBar';
import { useDraft } from './experiment/useDraft';
import { ProblemBox } from './files/ProblemBox';
import { RunHere } from './RunHere';
import { Wired } from './wiring/Wired';

interface Props {
  /** Id of the arm that is wired first. */
  arm: string;
  /** The stage, counted from 0, whose mapping it is. */
  stage: number;
  onClose: () => void;
}

/** The mapping drawn over how alike layers are, which is measured while it is open. */
export function WiringDialog({ arm: first, stage, onClose }: Props) {
  const { t } = useTranslation();
  const draft = useDraft(stage);
  const { arms } = draft.experiment;
  const names = useArmNames(draft.whole);
  const [selected, select] = useState(first);
  const arm = arms.find(({ id }) => id === selected) ?? arms[0];
  const failure = usePlayground((state) => (state.phase === 'failed' ? state.failure : null));
  const { watchLayers } = usePlayground((state) => state.actions);
  useEffect(() => {
    watchLayers(true);
    return () => watchLayers(false);
  }, [watchLayers]);
  return (
    <PageDialog title={t('wiring.title')} size="72rem" ofNow onClose={onClose}>
      <PanelBoundary minHeight={240}>
        <div className={dialogs.stack}>
          <p className={dialogs.lede}>{t('wiring.lede')}</p>
          <ProblemBox problem={failure} />
          {draft.waits && <PendingBar draft={draft} inPlace />}
          {draft.teacher ? (
            <Wired draft={draft} teacher={draft.teacher} arm={arm} names={names}>
              <ArmPicker arms={arms} names={names} selected={arm} onSelect={select} />
              <RunHere />
            </Wired>
          ) : (
            <NoTeacher />
          )}
        </div>
      </PanelBoundary>
    </PageDialog>
  );
}
