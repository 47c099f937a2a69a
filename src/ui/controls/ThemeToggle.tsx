import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from './Icon';

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const;
const icons = { auto: 'auto', light: 'sun', dark: 'moon' } as const;

/** As the system, light, dark, and round again; remembered in this browser. */
export function ThemeToggle() {
  const { t } = useTranslation();
  // Mantine would hold transitions back by a `<style>`, which the page's policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const label = t(`shell.theme.${colorScheme}`);
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="default"
        size={30}
        radius="xl"
        aria-label={label}
        onClick={() => setColorScheme(next[colorScheme])}
      >
        <Icon name={icons[colorScheme]} />
      </ActionIcon>
    </Tooltip>
  );
}
