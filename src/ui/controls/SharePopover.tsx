import { Button, Popover, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stagesOf } from '../../config/stages';
import { isOwn } from '../../config/text';
import { usePlayground } from '../../store/usePlayground';
import header from '../Header.module.css';

/** A link that opens this experiment, copied at a click or by hand where the browser forbids that. */
export function SharePopover() {
  const { t } = useTranslation();
  const { shareLink } = usePlayground((state) => state.actions);
  const hasOwn = usePlayground(
    ({ experiment }) =>
      experiment.teacher.kind === 'saved' || stagesOf(experiment).some(({ text }) => isOwn(text)),
  );
  const [link, setLink] = useState('');
  const [outcome, setOutcome] = useState<'copied' | 'byHand' | null>(null);
  const field = useRef<HTMLInputElement>(null);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setOutcome('copied');
    } catch {
      field.current?.select();
      setOutcome('byHand');
    }
  };
  return (
    <Popover
      width={340}
      position="bottom-end"
      trapFocus
      returnFocus
      onOpen={() => {
        setLink(shareLink());
        setOutcome(null);
      }}
    >
      <Popover.Target>
        <Button className={header.tool} variant="default" size="xs" radius="xl">
          {t('shell.share')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('shell.share')}>
        <TextInput
          ref={field}
          label={t('shell.shareLink')}
          description={t(hasOwn ? 'shell.shareLedeOwn' : 'shell.shareLede')}
          value={link}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button mt="xs" size="xs" onClick={copy}>
          {t(outcome === 'copied' ? 'shell.copied' : 'shell.copy')}
        </Button>
        <span aria-live="polite" style={{ marginInlineStart: '0.7em' }}>
          {outcome === 'byHand' && t('shell.copyByHand')}
        </span>
      </Popover.Dropdown>
    </Popover>
  );
}
