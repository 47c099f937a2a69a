import { Button, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextSource } from '../../config/experiment';
import { type Problem, problemOf } from '../../config/problems';
import type { TextFacts } from '../../protocol/messages';
import { usePlayground } from '../../store/usePlayground';
import { useFocusBack } from '../controls/useFocusBack';
import { formatBytes } from '../format';
import { useProblemWords } from '../useProblemWords';
import classes from './dialogs.module.css';
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
  const words = useProblemWords();
  const { importText } = usePlayground((state) => state.actions);
  // The facts are counted with the present teacher's tokenizer.
  const bundled = usePlayground((state) => state.opened?.experiment.teacher.kind === 'bundled');
  // Not a controlled field: ten megabytes should not go through React at every key.
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [size, setSize] = useState(0);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [imported, setImported] = useState<{ source: TextSource; facts: TextFacts | null } | null>(null);
  const [training, setTraining] = useState(false);

  const check = async (title: string, read: () => Promise<ArrayBuffer>) => {
    setBusy(true);
    setProblem(null);
    try {
      setImported(await importText(title, await read()));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const checkFile = (file: File | undefined) => {
    if (file) void check((name.trim() || file.name).slice(0, 80), () => file.arrayBuffer());
  };
  const checkPasted = () =>
    check(name.trim() || t('text.defaultName'), () => new Blob([field.current?.value ?? '']).arrayBuffer());
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    checkFile(event.dataTransfer.files[0]);
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
  const said = problem && words(problem);
  return (
    <Modal
      opened
      onClose={onClose}
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
        // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button beside it does the same
        <div
          className={classes.stack}
          data-over={over || undefined}
          onDrop={drop}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
        >
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
            onChange={(event) => setSize(new Blob([event.currentTarget.value]).size)}
          />
          <div className={classes.line}>
            <span>
              {t('text.drop')}{' '}
              <button type="button" className={classes.link} onClick={() => picker.current?.click()}>
                {t('text.choose')}
              </button>
            </span>
            <input
              ref={picker}
              hidden
              type="file"
              accept=".txt,text/plain"
              onChange={(event) => checkFile(event.currentTarget.files?.[0])}
            />
            {size > 0 && <span>{t('text.size', { size: formatBytes(size) })}</span>}
          </div>
          {said && (
            <div className={classes.problem} role="alert">
              <strong>{said.title}</strong>
              <p>{said.text}</p>
            </div>
          )}
          <Group gap="xs">
            <Button loading={busy} onClick={checkPasted}>
              {t('text.check')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
          </Group>
        </div>
      )}
    </Modal>
  );
}
