/** The store as React components see it. */
import { create } from 'zustand';
import { createPlayground } from './playground';
import type { PlaygroundActions, PlaygroundState } from './state';

export const usePlayground = create<PlaygroundState & { actions: PlaygroundActions }>()(createPlayground);
