/** The words of the page, in English, for the command line. */
import i18next, { type TFunction } from 'i18next';
import { type Problem, type ProblemCode, ProblemError } from '../config/problems';
import { commandLine } from '../i18n/en/commandLine';
import { commandLineProblems } from '../i18n/en/commandLineProblems';
import { dialogProblems } from '../i18n/en/dialogProblems';
import { glue } from '../i18n/en/glue';
import { methodAbout } from '../i18n/en/methodAbout';
import { methodNumbers } from '../i18n/en/methodNumbers';
import { modelCard } from '../i18n/en/modelCard';
import { seeds } from '../i18n/en/seeds';
import { english as resources } from '../i18n/english';

export async function english(): Promise<TFunction> {
  const words = i18next.createInstance();
  await words.init({
    lng: 'en',
    resources: {
      en: {
        translation: {
          ...resources,
          commandLine,
          glue,
          methodAbout,
          modelCard,
          methods: { ...resources.methods, ...methodNumbers },
          seeds,
          problem: { ...resources.problem, ...dialogProblems, ...commandLineProblems },
        },
      },
    },
    interpolation: { escapeValue: false },
  });
  return words.t;
}

/** What happened, and what to do. */
export async function problemWords({ code, values }: Problem): Promise<string> {
  // The figures come as data: `problemValues` says which ones each code has.
  const say = (await english()) as (
    key: `problem.${ProblemCode}.${'title' | 'text'}`,
    figures: Problem['values'],
  ) => string;
  return `${say(`problem.${code}.title`, values)}. ${say(`problem.${code}.text`, values)}`;
}

/** What is wrong with the options, whoever found it; a line for each of several. */
export async function refusalWords(error: unknown): Promise<string> {
  if (error instanceof AggregateError) {
    return (await Promise.all(error.errors.map(refusalWords))).join('\n');
  }
  if (error instanceof ProblemError) return problemWords(error.problem);
  return error instanceof Error ? error.message : String(error);
}
