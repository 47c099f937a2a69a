/**
 * English defines the keys; another language must satisfy this type. One file per area of the page; those that only
 * dialogs and editors say come with them (`laterWords.ts`), and those of the command line with it.
 */
import { arms } from './en/arms';
import { attention } from './en/attention';
import { common } from './en/common';
import { experiment } from './en/experiment';
import { glossary } from './en/glossary';
import { losses } from './en/losses';
import { methods } from './en/methods';
import { notices } from './en/notices';
import { predictions } from './en/predictions';
import { problems } from './en/problems';
import { scoreboard } from './en/scoreboard';
import { shell } from './en/shell';
import { softmaxLab } from './en/softmaxLab';
import { stopped } from './en/stopped';
import { taskNames } from './en/taskNames';

export const english = {
  common,
  shell,
  start: stopped,
  experiment,
  glossary,
  predictions,
  losses,
  attention,
  scoreboard,
  softmaxLab,
  tasks: taskNames,
  methods,
  arm: arms,
  problem: problems,
  notice: notices,
} as const;
