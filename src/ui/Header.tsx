import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { presetState } from '../config/presetChanges';
import { usePlayground } from '../store/usePlayground';
import { KeptButton } from './controls/KeptButton';
import { PresetMenu } from './controls/PresetMenu';
import { SharePopover } from './controls/SharePopover';
import { ThemeToggle } from './controls/ThemeToggle';
import { Typeset } from './controls/Typeset';
import classes from './Header.module.css';

interface HeaderProps {
  onTokenizer: () => void;
  /** Opens the experiment where the page has no column for it. */
  onExperiment?: () => void;
}

/** The title, the preset, and what can be opened beside the experiment. */
export function Header({ onTokenizer, onExperiment }: HeaderProps) {
  const { t } = useTranslation();
  const labOpen = usePlayground((state) => state.view.softmaxLabOpen);
  const actions = usePlayground((state) => state.actions);
  const { setView } = actions;
  return (
    <header className={classes.header}>
      <h1 className={classes.name}>{t('shell.name')}</h1>
      <PresetMenu />
      <Question />
      <div className={classes.tools}>
        {onExperiment && (
          <Button variant="default" size="xs" radius="xl" onClick={onExperiment}>
            {t('shell.experimentButton')}
          </Button>
        )}
        <Button
          className={classes.tool}
          variant="default"
          size="xs"
          radius="xl"
          aria-pressed={labOpen}
          onClick={() => setView({ softmaxLabOpen: !labOpen, fullPanel: null })}
        >
          {t('shell.softmaxLab')}
        </Button>
        <Button className={classes.tool} variant="default" size="xs" radius="xl" onClick={onTokenizer}>
          {t('shell.tokenizer')}
        </Button>
        <KeptButton
          saveRunFile={actions.saveRunFile}
          openRunFile={actions.openRunFile}
          stopKeeping={actions.stopKeeping}
        />
        <SharePopover />
        <ThemeToggle />
      </div>
    </header>
  );
}

/** What the present preset asks and where to look; of an experiment of one's own, what the page is. */
function Question() {
  const { t } = useTranslation();
  const preset = usePlayground((state) => state.preset);
  const own = usePlayground(({ experiment }) => presetState(experiment, preset) === 'own');
  return (
    <p className={classes.question}>
      <Typeset>{own ? t('shell.tagline') : t(`shell.preset.${preset}.lede`)}</Typeset>
    </p>
  );
}
