import { Button, Group } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../../config/problems';
import { deleteKept, eraseAndReload, type KeptHere, type KeptKind, listKept } from '../../store/kept';
import { PageDialog } from '../controls/PageDialog';
import { formatBytes } from '../format';
import { useProblemWords } from '../useProblemWords';
import classes from './dialogs.module.css';
import { ConfirmButton } from './kept/ConfirmButton';
import { KeptLists } from './kept/KeptLists';
import keptClasses from './kept/kept.module.css';

export interface KeptDialogProps {
  /** Hands the run on the page to the person as a file. Rejects with a problem. */
  saveRunFile: () => Promise<void>;
  /** Opens a run from a file, in place of the one on the page. Rejects with a problem. */
  openRunFile: (file: File) => Promise<void>;
  /** Nothing of this page's run is kept from then on. */
  stopKeeping: () => Promise<void>;
  onClose: () => void;
}

/** What is kept in this browser: runs, texts, rows, vectors and teachers with their sizes, and ways to take them along or erase them. */
export function KeptDialog({ saveRunFile, openRunFile, stopKeeping, onClose }: KeptDialogProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const picker = useRef<HTMLInputElement>(null);
  const [kept, setKept] = useState<KeptHere | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const complain = useCallback((error: unknown) => setProblem(problemOf(error)), []);
  const read = useCallback(() => listKept().then(setKept, complain), [complain]);
  useEffect(() => {
    void read();
  }, [read]);

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await work().catch(complain);
    setBusy(false);
  };
  const remove = (kind: KeptKind, id: string) =>
    attempt(async () => {
      await deleteKept(kind, id);
      await read();
    });
  const openFile = (file: File | undefined) => {
    // Once it has been corrected, the same file can be chosen again.
    if (picker.current) picker.current.value = '';
    if (!file) return;
    void attempt(async () => {
      await openRunFile(file);
      onClose();
    });
  };

  const said = problem && words(problem);
  return (
    <PageDialog title={t('kept.title')} size="lg" onClose={onClose}>
      <div className={classes.stack}>
        <p className={classes.lede}>{t('kept.lede')}</p>
        {said && (
          <div className={classes.problem} role="alert">
            <strong>{said.title}</strong>
            <p>{said.text}</p>
          </div>
        )}
        {kept ? (
          <KeptLists kept={kept} onDelete={(kind, id) => void remove(kind, id)} onFailure={complain} />
        ) : (
          !problem && <p className={classes.lede}>{t('kept.loading')}</p>
        )}
        {kept && <Total kept={kept} />}
        <section className={keptClasses.kind}>
          <h3>{t('kept.file.title')}</h3>
          <p className={classes.lede}>{t('kept.file.lede')}</p>
          <Group gap="xs" mt={4}>
            <Button size="xs" disabled={busy} onClick={() => void attempt(saveRunFile)}>
              {t('kept.file.save')}
            </Button>
            <Button variant="default" size="xs" disabled={busy} onClick={() => picker.current?.click()}>
              {t('kept.file.open')}
            </Button>
            <input
              ref={picker}
              hidden
              type="file"
              accept=".json,application/json"
              onChange={(event) => openFile(event.currentTarget.files?.[0])}
            />
          </Group>
        </section>
        <div className={keptClasses.erase}>
          <p>{t('kept.eraseMeaning')}</p>
          <ConfirmButton
            label={t('kept.erase')}
            confirmLabel={t('kept.eraseConfirm')}
            disabled={busy}
            onConfirm={() =>
              void attempt(async () => {
                await stopKeeping();
                await eraseAndReload();
              })
            }
          />
        </div>
      </div>
    </PageDialog>
  );
}

/** What everything takes up, and how much it might. */
function Total({
  kept: { runs, texts, rows, vectors, teachers, setAside, results, seedRuns, space },
}: {
  kept: KeptHere;
}) {
  const { t } = useTranslation();
  const things = [...runs, ...texts, ...rows, ...vectors, ...teachers, ...setAside];
  if (things.length === 0 && results + seedRuns > 0) return null;
  if (things.length === 0) return <p className={classes.lede}>{t('kept.nothing')}</p>;
  const bytes = formatBytes(things.reduce((sum, thing) => sum + thing.bytes, 0));
  return (
    <p>
      {space ? t('kept.totalOf', { bytes, quota: formatBytes(space.quota) }) : t('kept.total', { bytes })}
    </p>
  );
}
