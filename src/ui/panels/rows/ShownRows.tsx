import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../config/problems';
import type { RowsCorrections, RowsLook } from '../../../config/rowsPreview';
import classes from '../dialogs.module.css';
import { ProblemBox } from '../files/ProblemBox';
import { FirstRows } from './FirstRows';
import { LabelBars } from './LabelBars';
import { Reading } from './Reading';
import { Result } from './Result';
import styles from './rows.module.css';

interface ShownRowsProps {
  name: string;
  look: RowsLook;
  /** While the file is read again. */
  busy: boolean;
  /** What went wrong beside what is wrong with the rows. */
  failure: Problem | null;
  onCorrect: (corrections: RowsCorrections) => void;
  onUse: () => void;
  onAnother: () => void;
}

/** A file of rows as it is understood, to be corrected, taken or left. */
export function ShownRows({ name, look, busy, failure, onCorrect, onUse, onAnother }: ShownRowsProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  // What had the focus is gone; from here one reads on.
  useEffect(() => heading.current?.focus(), []);
  const { encoding, preview } = look;
  return (
    <div className={classes.stack} aria-busy={busy}>
      <div>
        <h3 ref={heading} tabIndex={-1} className={styles.name} dir="auto">
          {name}
        </h3>
        {preview && (
          <p className={classes.lede}>
            {t('rows.found', { count: preview.rows, encoding: t(`rows.encoding.${encoding}`) })}
          </p>
        )}
      </div>
      <Reading look={look} onCorrect={onCorrect} />
      <ProblemBox problem={failure ?? look.problem} />
      {preview && (
        <>
          <FirstRows preview={preview} />
          <div className={styles.sides}>
            {preview.labels.length > 0 && <LabelBars {...preview} />}
            <Result preview={preview} fit={look.fit} />
          </div>
        </>
      )}
      <Group gap="xs">
        <Button disabled={busy || look.problem !== null} onClick={onUse}>
          {t('rows.use')}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('rows.another')}
        </Button>
      </Group>
    </div>
  );
}
