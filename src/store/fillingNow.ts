/** What is being run for the table of tasks: apart from how it fills (`filling.ts`), so that the page's first load can say it. */
import { create } from 'zustand';
import type { Experiment } from '../config/experiment';

/** `cell`: null where nothing is run for it. */
export const useFillingNow = create<{ cell: Experiment | null }>()(() => ({ cell: null }));
