import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/source-serif-4/index.css';
import '@fontsource-variable/source-serif-4/wght-italic.css';
import '@mantine/core/styles.layer.css';
import './tokens.css';
import './page.css';
import '../i18n/i18n';
import { getEnv, MantineProvider } from '@mantine/core';
import { StrictMode, useEffect } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { ErrorBoundary } from 'react-error-boundary';
import { readAddress } from '../store/address';
// What waits to be trained in the background goes on by itself.
import '../store/seeds';
import { usePlayground } from '../store/usePlayground';
import { App } from './App';
import { PageStopped } from './PageStopped';
import { adopt, themeCss } from './styleSheets';
import { colorSchemeManager, cssVariables, theme } from './theme';
import { outliveTranslation } from './translation';

/** Tells public/start.js that its words are not needed. */
function Started() {
  useEffect(() => document.documentElement.setAttribute('data-started', ''), []);
  return null;
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
adopt(themeCss(theme, cssVariables));
outliveTranslation();
const page = (
  <StrictMode>
    <Started />
    <ErrorBoundary FallbackComponent={PageStopped}>
      <MantineProvider
        // Nothing moves in tests. That this is asked here also keeps it in the first chunk: later ones need nothing else.
        env={getEnv() === 'test' ? 'test' : 'default'}
        theme={theme}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <App />
      </MantineProvider>
    </ErrorBoundary>
  </StrictMode>
);

async function start(at: Root) {
  usePlayground.getState().actions.begin(await readAddress(location.search));
  at.render(page);
}
// public/start.js has the words for a part that does not arrive.
start(createRoot(root)).catch(() => dispatchEvent(new Event('stillroom:missing')));
