/** The store as React components see it. */
import { create } from 'zustand';
import type { PlaygroundActions, PlaygroundState } from './state';
import { createPlayground } from './playground';

export const usePlayground = create<PlaygroundState & { actions: PlaygroundActions }>()(createPlayground);
