import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VectorsFacts } from '../../config/results';
import { usePlayground } from '../../store/usePlayground';
import { PageDialog } from '../controls/PageDialog';
import classes from './dialogs.module.css';
import { FilePicker } from './files/FilePicker';
import { ImportProgress } from './files/ImportProgress';
import { ProblemBox } from './files/ProblemBox';
import { useFileDrop } from './files/useFileDrop';
import { useTurns } from './files/useTurns';
import { ConfirmButton } from './kept/ConfirmButton';
import { ReadVectors } from './vectors/ReadVectors';

export interface VectorsDialogProps {
  opened?: boolean;
  onClose: () => void;
}

/** Word vectors of a person's own in place of ours: chosen or dropped, looked at, then used by every augmentation. */
export function VectorsDialog({ opened = true, onClose }: VectorsDialogProps) {
  return opened && <Vectors onClose={onClose} />;
}

function Vectors({ onClose }: Omit<VectorsDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const actions = usePlayground((state) => state.actions);
  const { listVectors, importVectors, acceptVectors, dropVectors, cancelImport } = actions;
  const { busy, problem, setProblem, attempt, giveUp } = useTurns();
  const [inUse, setInUse] = useState<{ name: string; words: number; dimension: number } | null>(null);
  const [read, setRead] = useState<VectorsFacts | null>(null);

  const look = useCallback(
    // Storage that can't be read holds none.
    () =>
      listVectors().then(
        ([card]) => setInUse(card ?? null),
        () => setInUse(null),
      ),
    [listVectors],
  );
  useEffect(() => {
    void look();
  }, [look]);
  useEffect(() => cancelImport, [cancelImport]);

  const open = (file: File) => void attempt(() => importVectors(file), setRead);
  const stop = () => {
    giveUp();
    cancelImport();
  };
  const drop = useFileDrop(open, () => setProblem({ code: 'textNotOneFile' }));
  return (
    <PageDialog title={t('vectors.title')} size="lg" onClose={onClose}>
      {read ? (
        <ReadVectors
          facts={read}
          busy={busy}
          problem={problem}
          onUse={() => void attempt(acceptVectors, onClose)}
          onAnother={() => {
            setProblem(null);
            setRead(null);
          }}
        />
      ) : (
        <div className={classes.stack} {...drop}>
          <p className={classes.lede}>{t('vectors.lede')}</p>
          <p>{inUse ? t('vectors.own', inUse) : t('vectors.ours')}</p>
          <div className={classes.line}>
            <FilePicker
              before={t('vectors.drop')}
              label={t('vectors.choose')}
              accept=".txt,.vec,text/plain"
              onFile={open}
            />
          </div>
          <ProblemBox problem={problem} />
          {busy && (
            <ImportProgress
              words={(figures) => t('vectors.reading', figures)}
              label={t('vectors.readingProgress')}
            />
          )}
          <Group gap="xs">
            {busy && (
              <Button variant="default" onClick={stop}>
                {t('common.cancel')}
              </Button>
            )}
            {inUse && !busy && (
              <ConfirmButton
                label={t('vectors.back')}
                confirmLabel={t('vectors.backConfirm')}
                onConfirm={() => void attempt(dropVectors, () => void look())}
              />
            )}
          </Group>
        </div>
      )}
    </PageDialog>
  );
}
