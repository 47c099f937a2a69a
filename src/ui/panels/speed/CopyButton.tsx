import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpeedResult } from '../../../store/speed';
import { asText } from './summary';

/** Copies the figures, or shows them to be copied by hand where the browser forbids that. */
export function CopyButton({ result }: { result: SpeedResult }) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'byHand' | null>(null);
  const text = asText(result, t);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('byHand');
    }
  };
  return (
    <>
      <Button variant="default" onClick={copy}>
        {t('speed.copy')}
      </Button>
      <span aria-live="polite">{outcome === 'copied' && t('speed.copied')}</span>
      {outcome === 'byHand' && (
        <Textarea
          w="100%"
          label={t('speed.copyByHand')}
          value={text}
          rows={4}
          readOnly
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
        />
      )}
    </>
  );
}
