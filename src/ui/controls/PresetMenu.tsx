import { Button, Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { presetState } from '../../config/presetChanges';
import { presetNames } from '../../config/presets';
import { usePlayground } from '../../store/usePlayground';
import { Icon } from './Icon';
import classes from './PresetMenu.module.css';

/** Ready experiments; choosing one starts it from step 0. Says of the present one what is left of it. */
export function PresetMenu() {
  const { t } = useTranslation();
  const preset = usePlayground((state) => state.preset);
  const { choosePreset } = usePlayground((state) => state.actions);
  const state = usePlayground(({ experiment }) => presetState(experiment, preset));
  const presetName = t(`shell.preset.${preset}.name`);
  const names = {
    same: presetName,
    changed: t('shell.preset.changed', { name: presetName }),
    own: t('shell.preset.own'),
  };
  const name = names[state];
  return (
    <Menu width={340} position="bottom-start">
      <Menu.Target>
        <Button
          className={classes.target}
          variant="default"
          size="xs"
          radius="xl"
          rightSection={<Icon name="chevron" size={13} />}
          aria-label={t('shell.preset.label', { name })}
        >
          {name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {presetNames.map((option) => (
          <Menu.Item
            key={option}
            aria-current={option === preset && state === 'same' ? 'true' : undefined}
            className={classes.item}
            onClick={() => choosePreset(option)}
          >
            <span className={classes.title}>{t(`shell.preset.${option}.name`)}</span>
            <span className={classes.lede}>{t(`shell.preset.${option}.lede`)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
