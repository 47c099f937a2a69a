/** What the page's state machine stands on in a browser. */
import { listRows } from '../storage/rows';
import { askToPersist } from '../storage/space';
import { listTeachers } from '../storage/teachers';
import { listTexts } from '../storage/texts';
import { listVectors } from '../storage/vectors';
import { AddressBar } from './addressBar';
import { download } from './download';
import { firstPreset } from './firstPreset';
import type { MachineParts } from './machineParts';
import { forgetReached, readReached, writeReached } from './reachedNotes';
import { keepResult } from './resultsKept';
import { claimTab, wasReloaded } from './tab';
import { browserWorker, startWorker } from './workerClient';

export function browserParts(): MachineParts {
  const bar = new AddressBar((address) => history.replaceState(null, '', address));
  return {
    reloaded: wasReloaded(),
    startWorker: (handlers, onDeath) => startWorker(browserWorker, handlers, onDeath),
    tab: claimTab,
    firstPreset,
    place: {
      href: () => bar.shown?.href ?? location.href,
      show: (address) => bar.show(address),
      baseUrl: () => document.baseURI,
    },
    notes: { read: readReached, write: writeReached, forget: forgetReached },
    onLeave: (leave) => {
      const leaving = () => {
        bar.flush();
        leave();
      };
      addEventListener('pagehide', leaving);
      document.addEventListener('visibilitychange', () => {
        if (document.hidden) leaving();
      });
    },
    askToPersist: () => void askToPersist(),
    keepResult: (run) => void keepResult(run),
    download,
    listTexts,
    listRows,
    listVectors,
    listTeachers,
  };
}
