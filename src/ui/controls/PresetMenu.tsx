import { Button, Menu } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { presetState } from '../../config/presetChanges';
import type { PresetName } from '../../config/presets';
import { type PresetGroup, presetGroups } from '../../config/presets/groups';
import { usePlayground } from '../../store/usePlayground';
import { TaskTableDialog } from '../dialogs';
import { Icon } from './Icon';
import classes from './PresetMenu.module.css';
import { useTypeAhead } from './useTypeAhead';

/**
 * Ready experiments by the question that they answer; choosing one starts it from step 0. Says of the present one what
 * is left of it.
 */
export function PresetMenu() {
  const { t } = useTranslation();
  const preset = usePlayground((state) => state.preset);
  const { choosePreset } = usePlayground((state) => state.actions);
  const state = usePlayground(({ experiment }) => presetState(experiment, preset));
  const typeAhead = useTypeAhead();
  const presetName = t(`shell.preset.${preset}.name`);
  const names = {
    same: presetName,
    changed: t('shell.preset.changed', { name: presetName }),
    own: t('shell.preset.own'),
  };
  const name = names[state];
  const [showsTable, setShowsTable] = useState(false);
  return (
    <>
      <Menu
        width="min(66rem, calc(100vw - 16px))"
        position="bottom-start"
        middlewares={{ flip: false, shift: { padding: 8 } }}
      >
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
        <Menu.Dropdown className={classes.dropdown} onKeyDown={typeAhead}>
          <div className={classes.groups}>
            {presetGroups.map(({ group, presets }) => (
              <Group
                key={group}
                group={group}
                presets={presets}
                present={state === 'same' ? preset : null}
                onChoose={choosePreset}
                onTable={() => setShowsTable(true)}
              />
            ))}
          </div>
        </Menu.Dropdown>
      </Menu>
      {showsTable && <TaskTableDialog onClose={() => setShowsTable(false)} />}
    </>
  );
}

/** Where the menu is longer than the screen it opens at the present one. The page itself must not scroll. */
function intoSight(item: HTMLElement | null) {
  const menu = item?.closest('[role="menu"]');
  if (!item || !menu) return;
  const { top } = item.getBoundingClientRect();
  menu.scrollTop += top - menu.getBoundingClientRect().top - menu.clientHeight / 3;
}

interface GroupProps {
  group: PresetGroup;
  presets: readonly PresetName[];
  present: PresetName | null;
  onChoose: (preset: PresetName) => void;
  onTable: () => void;
}

function Group({ group, presets, present, onChoose, onTable }: GroupProps) {
  const { t } = useTranslation();
  const heading = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div role="group" aria-labelledby={heading} className={classes.group}>
      <Menu.Label id={heading} className={classes.question}>
        {t(`shell.presetGroup.${group}`)}
      </Menu.Label>
      {presets.map((option) => (
        <Menu.Item
          key={option}
          aria-current={option === present ? 'true' : undefined}
          ref={option === present ? intoSight : undefined}
          className={classes.item}
          onClick={() => onChoose(option)}
        >
          <span className={classes.title} data-title>
            {t(`shell.preset.${option}.name`)}
          </span>
          <span className={classes.lede}>{t(`shell.preset.${option}.lede`)}</span>
        </Menu.Item>
      ))}
      {group === 'tasks' && (
        <Menu.Item className={classes.item} onClick={onTable}>
          <span className={classes.title} data-title>
            {t('scoreboard.taskTable')}
          </span>
        </Menu.Item>
      )}
    </div>
  );
}
