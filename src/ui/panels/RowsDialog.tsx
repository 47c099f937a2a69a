import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostRowsBytes } from '../../config/bounds';
import type { TextSource } from '../../config/experiment';
import { ProblemError } from '../../config/problems';
import type { RowsCorrections, RowsLook } from '../../config/rowsPreview';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import { useTurns } from './files/useTurns';
import { ChooseRows, type RowsFile } from './rows/ChooseRows';
import { ShownRows } from './rows/ShownRows';

export interface RowsDialogProps {
  opened?: boolean;
  /** Takes the rows into an experiment. */
  onUse: (rows: TextSource) => void;
  onClose: () => void;
}

/** People's own labelled rows: pasted, chosen or dropped, shown as they are understood, corrected, then used. */
export function RowsDialog({ opened = true, ...props }: RowsDialogProps) {
  return opened && <Rows {...props} />;
}

function Rows({ onUse, onClose }: Omit<RowsDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const { importRows, previewRows, acceptRows, cancelImport } = usePlayground((state) => state.actions);
  const { busy, problem, setProblem, attempt, giveUp } = useTurns();
  const [shown, setShown] = useState<{ name: string; look: RowsLook } | null>(null);

  const stop = () => {
    giveUp();
    cancelImport();
  };
  // However the dialog goes, the worker needs the file no more.
  useEffect(() => cancelImport, [cancelImport]);

  const open = ({ name, size, read }: RowsFile) =>
    void attempt(
      async (isWanted) => {
        // Before any bytes are read: a file of gigabytes gets its answer at once.
        if (size > mostRowsBytes)
          throw new ProblemError('rowsTooLarge', { bytes: size, most: mostRowsBytes });
        const bytes = await read();
        return isWanted() ? importRows(name, bytes) : null;
      },
      (look) => look && setShown({ name, look }),
    );
  const correct = (corrections: RowsCorrections) =>
    void attempt(
      () => previewRows(corrections),
      (look) => setShown((before) => before && { ...before, look }),
    );
  const use = () =>
    void attempt(acceptRows, (source) => {
      onUse(source);
      onClose();
    });
  return (
    <PageDialog title={t('rows.title')} size={shown ? 'xl' : 'lg'} onClose={onClose}>
      {shown ? (
        <ShownRows
          {...shown}
          busy={busy}
          failure={problem}
          onCorrect={correct}
          onUse={use}
          onAnother={() => {
            stop();
            setProblem(null);
            setShown(null);
          }}
        />
      ) : (
        <ChooseRows
          busy={busy}
          problem={problem}
          onFile={open}
          onSeveral={() => setProblem({ code: 'textNotOneFile' })}
          onCancel={busy ? stop : onClose}
        />
      )}
    </PageDialog>
  );
}
