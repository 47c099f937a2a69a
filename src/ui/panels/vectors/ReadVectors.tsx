import { Button, Group } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../config/problems';
import type { VectorsFacts } from '../../../config/results';
import { formatCount } from '../../format';
import classes from '../dialogs.module.css';
import { ProblemBox } from '../files/ProblemBox';
import styles from '../rows/rows.module.css';

interface ReadVectorsProps {
  facts: VectorsFacts;
  busy: boolean;
  problem: Problem | null;
  onUse: () => void;
  onAnother: () => void;
}

/** What a file of word vectors gives, with some neighbours by which one sees whether they make sense. */
export function ReadVectors({ facts, busy, problem, onUse, onAnother }: ReadVectorsProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const rows = [
    [t('vectors.facts.words'), formatCount(facts.words)],
    [t('vectors.facts.dimension'), formatCount(facts.dimension)],
    [t('vectors.facts.lines'), formatCount(facts.lines)],
    [t('vectors.facts.missing'), formatCount(facts.missing)],
    ...facts.near.map(({ word, near }) => [
      t('vectors.facts.near', { word }),
      t('common.list', { items: near }),
    ]),
  ];
  return (
    <div className={classes.stack}>
      <h3 ref={heading} tabIndex={-1} className={styles.name}>
        {t('vectors.facts.title', { name: facts.name })}
      </h3>
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {facts.cut && <p className={classes.lede}>{t('vectors.facts.cut')}</p>}
      <ProblemBox problem={problem} />
      <Group gap="xs">
        <Button disabled={busy} onClick={onUse}>
          {t('vectors.use')}
        </Button>
        <Button variant="default" onClick={onAnother}>
          {t('vectors.another')}
        </Button>
      </Group>
    </div>
  );
}
