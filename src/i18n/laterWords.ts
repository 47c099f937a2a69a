/**
 * The words of dialogs and of the experiment's editors. They come with the code that says them (`panels/everyDialog.ts`):
 * they are too many to load with the page.
 */
import { computed } from './en/computed';
import { conventions } from './en/conventions';
import { dialogProblems } from './en/dialogProblems';
import { editors } from './en/editors';
import { fork } from './en/fork';
import { kept } from './en/kept';
import { ledger } from './en/ledger';
import { methodAbout } from './en/methodAbout';
import { methodNumbers } from './en/methodNumbers';
import { microscope } from './en/microscope';
import { modelCard } from './en/modelCard';
import { overSeeds } from './en/overSeeds';
import { rows } from './en/rows';
import { saving } from './en/saving';
import { scores } from './en/scores';
import { speed } from './en/speed';
import { stages } from './en/stages';
import { tasks } from './en/tasks';
import { taskTable } from './en/taskTable';
import { taskViews } from './en/taskViews';
import { text } from './en/text';
import { vectors } from './en/vectors';
import { wiring } from './en/wiring';

export const dialogWords = {
  computed,
  conventions,
  experiment: editors,
  fork,
  kept,
  ledger,
  methodAbout,
  methods: methodNumbers,
  microscope,
  modelCard,
  overSeeds,
  problem: dialogProblems,
  rows,
  saving,
  scores,
  speed,
  stages,
  tasks,
  taskTable,
  taskViews,
  text,
  vectors,
  wiring,
} as const;
