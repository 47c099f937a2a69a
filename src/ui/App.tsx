import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { Activity, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelName } from '../store/state';
import { usePlayground } from '../store/usePlayground';
import classes from './App.module.css';
import { Failure } from './controls/Failure';
import { LeadOn } from './controls/LeadOn';
import { Notices } from './controls/Notices';
import { PanelBoundary } from './controls/PanelBoundary';
import { PlayAsks } from './controls/PlayAsks';
import { TemperatureBar } from './controls/TemperatureBar';
import { Transport } from './controls/Transport';
import { ExperimentDrawer, TokenizerView } from './dialogs';
import { Header } from './Header';
import { lazyChunk } from './lazyChunk';
import { ExperimentPanel } from './panels/ExperimentPanel';
import { NewTeacher } from './panels/NewTeacher';

// The charts' library is most of the page's code: the frame does not wait for it.
const LazyPanel = lazyChunk(async () => (await import('./panels/PanelByName')).PanelByName);

/** The place of one panel: out of sight, but not forgotten, while another fills the screen. */
function Place({ name, minHeight }: { name: PanelName; minHeight: number }) {
  const fullPanel = usePlayground((state) => state.view.fullPanel);
  return (
    <Activity mode={fullPanel && fullPanel !== name ? 'hidden' : 'visible'}>
      <div className={classes.place} data-place={name}>
        <PanelBoundary minHeight={minHeight}>
          <LazyPanel name={name} />
        </PanelBoundary>
      </div>
    </Activity>
  );
}

/** The page: what is in hand above (transport, temperature), the experiment at the left, the panels at the right. */
export function App() {
  const { t } = useTranslation();
  const failure = usePlayground((state) => (state.phase === 'failed' ? state.failure : null));
  const fullPanel = usePlayground((state) => state.view.fullPanel);
  const labOpen = usePlayground((state) => state.view.softmaxLabOpen);
  const narrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const [drawerOpen, drawer] = useDisclosure(false);
  // It loads when it is first opened, and stays for the way out.
  const [drawerWanted, setDrawerWanted] = useState(false);
  const openDrawer = () => {
    setDrawerWanted(true);
    drawer.open();
  };
  const [tokenizerOpen, tokenizer] = useDisclosure(false);

  const experiment = (
    <PanelBoundary minHeight={420}>
      <ExperimentPanel onApplied={drawer.close} />
    </PanelBoundary>
  );
  return (
    <>
      <a className={classes.skip} href="#panels">
        {t('shell.skip')}
      </a>
      {!fullPanel && <Header onTokenizer={tokenizer.open} onExperiment={narrow ? openDrawer : undefined} />}
      <Transport />
      <PlayAsks />
      <main id="panels" tabIndex={-1} className={classes.page} data-full={fullPanel ?? undefined}>
        {!fullPanel && <TemperatureBar />}
        {failure && <Failure problem={failure} />}
        <LeadOn />
        <NewTeacher />
        {labOpen && <Place name="softmaxLab" minHeight={480} />}
        <div className={classes.columns}>
          {!narrow && (
            <Activity mode={fullPanel ? 'hidden' : 'visible'}>
              <div className={classes.experiment}>{experiment}</div>
            </Activity>
          )}
          <Place name="predictions" minHeight={480} />
          <Place name="losses" minHeight={480} />
          <Place name="attention" minHeight={420} />
          <Place name="scoreboard" minHeight={420} />
        </div>
      </main>
      {narrow && drawerWanted && (
        <ExperimentDrawer opened={drawerOpen} onClose={drawer.close}>
          {experiment}
        </ExperimentDrawer>
      )}
      {tokenizerOpen && <TokenizerView onClose={tokenizer.close} />}
      <Notices />
    </>
  );
}
