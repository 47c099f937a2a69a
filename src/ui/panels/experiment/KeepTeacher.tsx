import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arm } from '../../../config/experiment';
import { keepTeacher } from '../../../store/keepTeacher';
import { usePlayground } from '../../../store/usePlayground';

interface KeepTeacherProps {
  arm: Arm;
  /** The words of the button. */
  label: string;
  /** The name that stands in the field at first. */
  proposal: string;
  size?: 'xs' | 'sm';
  onKept?: () => void;
}

/** Keeps an arm, as it is now, as a teacher for later experiments. */
export function KeepTeacher({ arm, label, proposal, size = 'xs', onKept }: KeepTeacherProps) {
  const { t } = useTranslation();
  const ready = usePlayground((state) => state.phase === 'ready' && state.status.step > 0);
  const actions = usePlayground((state) => state.actions);
  const [name, setName] = useState(proposal);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);

  const keep = async () => {
    setBusy(true);
    // A notice says how it went.
    await keepTeacher(actions, arm.id, name.trim()).catch(() => null);
    setBusy(false);
    setOpen(false);
    onKept?.();
  };
  return (
    <Popover width={280} opened={open} onChange={setOpen} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" size={size} disabled={!ready} onClick={() => setOpen(!open)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('experiment.teacher.keepButton')}>
        <TextInput
          size="xs"
          label={t('experiment.teacher.keepName')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button mt="xs" size="xs" loading={busy} disabled={!name.trim()} onClick={keep}>
          {t('experiment.teacher.keepButton')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
