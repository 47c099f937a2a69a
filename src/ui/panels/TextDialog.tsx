import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textBytes } from '../../config/bounds';
import type { TextSource } from '../../config/experiment';
import { type Problem, ProblemError, problemOf } from '../../config/problems';
import { shortName } from '../../data/textName';
import type { TextFacts } from '../../protocol/messages';
import { usePlayground } from '../../store/usePlayground';
import { useFocusBack } from '../controls/useFocusBack';
import { formatBytes } from '../format';
import classes from './dialogs.module.css';
import { FilePicker } from './files/FilePicker';
import { ImportProgress } from './files/ImportProgress';
import { ProblemBox } from './files/ProblemBox';
import { useFileDrop } from './files/useFileDrop';
import { ImportedText, isForeign } from './ImportedText';
import { TeacherDialog } from './TeacherDialog';

interface TextDialogProps {
  /** Takes the text into the experiment's draft. */
  onUse: (text: TextSource) => void;
  onClose: () => void;
}

/** People's own text: pasted, chosen or dropped, checked by the worker, then used or given to a teacher to learn. */
export function TextDialog({ onUse, onClose }: TextDialogProps) {
  const { t } = useTranslation();
  useFocusBack();
  const { importText, cancelImport } = usePlayground((state) => state.actions);
  // The facts are counted with the present teacher's tokenizer.
  const bundled = usePlayground((state) => state.opened?.experiment.teacher.kind === 'bundled');
  // Not a controlled field: ten megabytes should not go through React at every key.
  const field = useRef<HTMLTextAreaElement>(null);
  const [name, setName] = useState('');
  const [size, setSize] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [imported, setImported] = useState<{ source: TextSource; facts: TextFacts | null } | null>(null);
  const [training, setTraining] = useState(false);
  const measuring = useRef<ReturnType<typeof setTimeout>>(undefined);

  /** Counts what was asked to be read: what an older one came to is of no interest. */
  const reading = useRef(0);
  useEffect(() => () => clearTimeout(measuring.current), []);

  const check = async (title: string, read: () => Promise<ArrayBuffer>) => {
    const turn = ++reading.current;
    if (busy) cancelImport();
    setBusy(true);
    setProblem(null);
    const result = await read()
      .then((bytes) => (turn === reading.current ? importText(title, bytes) : null))
      .then(
        (imported) => ({ imported, problem: null }),
        (error) => ({ imported: null, problem: problemOf(error) }),
      );
    if (turn !== reading.current) return;
    setBusy(false);
    setImported(result.imported);
    setProblem(result.problem);
  };
  const stop = () => {
    reading.current += 1;
    setBusy(false);
    cancelImport();
  };
  const close = () => {
    if (busy) stop();
    onClose();
  };
  const checkFile = (file: File) =>
    check(shortName(name.trim() || file.name), async () => {
      refuseSize(file.size);
      return file.arrayBuffer().catch((cause) => {
        throw new ProblemError('textUnreadable', { name: file.name }, { cause });
      });
    });
  const checkPasted = () => {
    const pasted = new Blob([field.current?.value ?? '']);
    return check(shortName(name.trim() || t('text.defaultName')), async () => {
      refuseSize(pasted.size);
      return pasted.arrayBuffer();
    });
  };
  const drop = useFileDrop(checkFile, () => setProblem({ code: 'textNotOneFile' }));
  const measureSoon = () => {
    clearTimeout(measuring.current);
    measuring.current = setTimeout(() => setSize(new Blob([field.current?.value ?? '']).size), measureAfter);
  };

  if (training && imported) {
    return (
      <TeacherDialog
        text={imported.source}
        foreign={bundled && isForeign(imported.facts)}
        sequences={imported.facts?.trainSequences ?? null}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('text.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {imported ? (
        <ImportedText
          source={imported.source}
          facts={imported.facts}
          onUse={() => {
            onUse(imported.source);
            onClose();
          }}
          onTrain={() => setTraining(true)}
          onAnother={() => setImported(null)}
        />
      ) : (
        <div className={classes.stack} {...drop}>
          <p className={classes.lede}>{t('text.lede')}</p>
          <TextInput
            label={t('text.name')}
            value={name}
            placeholder={t('text.defaultName')}
            maxLength={80}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            ref={field}
            label={t('text.paste')}
            placeholder={t('text.pastePlaceholder')}
            rows={9}
            dir="auto"
            onChange={measureSoon}
          />
          <div className={classes.line}>
            <FilePicker
              before={t('text.drop')}
              label={t('text.choose')}
              accept=".txt,text/plain"
              onFile={(file) => void checkFile(file)}
            />
            {size > 0 && <span>{t('text.size', { size: formatBytes(size) })}</span>}
          </div>
          <ProblemBox problem={problem} />
          {busy && (
            <ImportProgress
              words={(figures) => t('text.reading', figures)}
              label={t('text.readingProgress')}
            />
          )}
          <Group gap="xs">
            <Button disabled={busy} onClick={checkPasted}>
              {t('text.check')}
            </Button>
            <Button variant="default" onClick={busy ? stop : close}>
              {t('common.cancel')}
            </Button>
          </Group>
        </div>
      )}
    </Modal>
  );
}

/** Milliseconds of rest after which a pasted text is measured: at every key that would take too long. */
const measureAfter = 200;

/** Before any bytes are read: a file of gigabytes gets its answer at once. */
function refuseSize(bytes: number) {
  if (bytes > textBytes.max) throw new ProblemError('textTooLarge', { bytes, most: textBytes.max });
}
