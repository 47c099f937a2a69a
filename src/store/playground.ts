/** The page's state and the actions on it, in a browser. */
import type { StateCreator } from 'zustand';
import { browserParts } from './browserParts';
import type { Playground } from './machineParts';
import { playgroundOn } from './playgroundOn';

export const createPlayground: StateCreator<Playground> = (...store) =>
  playgroundOn(browserParts())(...store);
