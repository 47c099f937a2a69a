/** The words of dialogs, which come with their code: they are too many to load with the page. */
import { computed } from './en/computed';
import { dialogProblems } from './en/dialogProblems';
import { kept } from './en/kept';
import { methodAbout } from './en/methodAbout';
import { speed } from './en/speed';
import { tasks } from './en/tasks';
import { text } from './en/text';
import { i18next } from './i18n';

export const dialogWords = {
  computed,
  kept,
  methodAbout,
  problem: dialogProblems,
  speed,
  tasks,
  text,
} as const;

export const addDialogWords = () => i18next.addResourceBundle('en', 'translation', dialogWords, true);
