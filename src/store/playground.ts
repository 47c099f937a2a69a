import type { StateCreator } from 'zustand';
import type { PlaygroundActions, PlaygroundState } from './state';

export declare const createPlayground: StateCreator<PlaygroundState & { actions: PlaygroundActions }>;
