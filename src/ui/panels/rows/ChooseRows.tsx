import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Problem, ProblemError } from '../../../config/problems';
import { shortName } from '../../../data/textName';
import classes from '../dialogs.module.css';
import { FilePicker } from '../files/FilePicker';
import { ImportProgress } from '../files/ImportProgress';
import { ProblemBox } from '../files/ProblemBox';
import { useFileDrop } from '../files/useFileDrop';

export interface RowsFile {
  name: string;
  /** Bytes. */
  size: number;
  read: () => Promise<ArrayBuffer>;
}

interface ChooseRowsProps {
  busy: boolean;
  problem: Problem | null;
  onFile: (file: RowsFile) => void;
  onSeveral: () => void;
  onCancel: () => void;
}

/** Where a file of rows comes from: dropped, chosen or pasted. */
export function ChooseRows({ busy, problem, onFile, onSeveral, onCancel }: ChooseRowsProps) {
  const { t } = useTranslation();
  // Not a controlled field: megabytes should not go through React at every key.
  const field = useRef<HTMLTextAreaElement>(null);
  const [name, setName] = useState('');
  const choose = (file: File) =>
    onFile({
      name: shortName(name.trim() || file.name),
      size: file.size,
      read: () =>
        file.arrayBuffer().catch((cause) => {
          throw new ProblemError('textUnreadable', { name: file.name }, { cause });
        }),
    });
  const paste = () => {
    const pasted = new Blob([field.current?.value ?? '']);
    onFile({
      name: shortName(name.trim() || t('rows.defaultName')),
      size: pasted.size,
      read: () => pasted.arrayBuffer(),
    });
  };
  const drop = useFileDrop(choose, onSeveral);
  return (
    <div className={classes.stack} {...drop}>
      <p className={classes.lede}>{t('rows.lede')}</p>
      <TextInput
        label={t('rows.name')}
        value={name}
        placeholder={t('rows.defaultName')}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        ref={field}
        label={t('rows.paste')}
        placeholder={t('rows.pastePlaceholder')}
        rows={8}
        dir="auto"
      />
      <div className={classes.line}>
        <FilePicker
          before={t('rows.drop')}
          label={t('rows.choose')}
          accept=".tsv,.csv,.tab,.txt,.json,.jsonl,.ndjson,text/*"
          onFile={choose}
        />
      </div>
      <ProblemBox problem={problem} />
      {busy && (
        <ImportProgress words={(figures) => t('rows.reading', figures)} label={t('rows.readingProgress')} />
      )}
      <Group gap="xs">
        <Button disabled={busy} onClick={paste}>
          {t('rows.check')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </Group>
    </div>
  );
}
