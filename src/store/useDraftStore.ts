/** The draft of the page's playground, as React components see it. */
import { create } from 'zustand';
import { createDraft, type DraftState } from './draft';
import { usePlayground } from './usePlayground';

export const useDraftStore = create<DraftState>()(createDraft(usePlayground));
