import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { glossary } from '../../i18n/en/glossary';
import { Meaning } from './Meaning';

interface GlossedProps {
  word: keyof typeof glossary;
  /** The word as the sentence around it has it; the glossary's own where it is left out. */
  children?: ReactNode;
}

/** A word of the field that says what it means where it first stands. In a sentence: `<Trans components={{ arm: <Glossed word="arm" /> }}>`. */
export function Glossed({ word, children }: GlossedProps) {
  const { t } = useTranslation();
  return <Meaning text={t(`glossary.${word}.meaning`)}>{children ?? t(`glossary.${word}.word`)}</Meaning>;
}
