/** Where the experiment comes from: a preset, a link, or a file; and whether it can be run here. */
import { readFileSync, statSync } from 'node:fs';
import { checkExperiment } from '../config/check';
import type { Experiment } from '../config/experiment';
import { defaultPreset, presetAt, presetNames, presets } from '../config/presets';
import { type Problem, ProblemError } from '../config/problems';
import { stagesOf } from '../config/stages';
import { bundledTeachers } from '../config/teachers';
import { isOwn } from '../config/text';
import { upgrade } from '../config/upgrade';
import { decodeExperiment } from '../config/urlCodec';
import { shorten } from '../config/urlShape';
import { refuse } from './refusal';

/** The largest file of an experiment, in bytes; six students take three thousand. */
export const mostBytes = 1_048_576;

export interface Source {
  preset?: string;
  link?: string;
  /** Path of a file. */
  experiment?: string;
}

/** @throws ProblemError severalExperiments, presetUnknown, and those of links and files */
export function readSource(source: Source): Experiment {
  const { preset = defaultPreset, link, experiment } = source;
  const given = Object.values(source).filter((one) => one !== undefined);
  if (given.length > 1) throw new ProblemError('severalExperiments');
  if (link !== undefined) return readLink(link);
  return experiment === undefined ? presetNamed(preset) : readExperiment(experiment);
}

/** The newest version where none is named, as in `tinybert`; `tinybert.1` is its first. */
function presetNamed(name: string): Experiment {
  const newest = presetNames.find((known) => known === name);
  const found = newest ? presets[newest] : presetAt(name)?.experiment;
  if (found) return found;
  throw new ProblemError('presetUnknown', { preset: shorten(name), known: presetNames.join(', ') });
}

/** A whole address, or its part from `?` on, with or without it. */
function readLink(link: string): Experiment {
  const address = link.trim().replace(/#.*$/s, '');
  const query = address.includes('?') ? address.slice(address.indexOf('?')) : address;
  if (!query.includes('=')) throw new ProblemError('linkWithoutExperiment', { link: shorten(link) });
  const { experiment, problems } = decodeExperiment(new URLSearchParams(query));
  const newer = problems.find(({ code }) => code === 'urlNewer');
  if (newer) throw new ProblemError('experimentNewer', newer.values);
  if (problems.length === 0) return experiment;
  throw new ProblemError('linkFaulty', { faults: problems.map(faultOf).join(', ') });
}

function faultOf({ code, values = {} }: Problem): string {
  if (code === 'urlUnknownPreset') return `preset=${values.value}`;
  return values.value === undefined ? String(values.parameter) : `${values.parameter}=${values.value}`;
}

function readExperiment(file: string): Experiment {
  const name = shorten(file);
  const text = readText(file, name);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new ProblemError('experimentNotJson', { file: name, reason: (error as Error).message });
  }
  return upgrade(found);
}

function readText(file: string, name: string): string {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) throw new ProblemError('experimentUnreadable', { file: name });
    if (stat.size > mostBytes) {
      throw new ProblemError('experimentTooLarge', { file: name, bytes: stat.size, most: mostBytes });
    }
    return new TextDecoder('utf-8').decode(readFileSync(file));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('experimentUnreadable', { file: name });
  }
}

/**
 * Refuses what can't be trained here, before anything is.
 * @param rowsAtHand the key of rows that were read from a file
 * @throws ProblemError, or an AggregateError of several
 */
export function refuseUnfit(experiment: Experiment, rowsAtHand?: string) {
  const { teacher } = experiment;
  const away: Problem[] = [];
  const sources = new Map(stagesOf(experiment).map(({ text }) => [text.id, text]));
  for (const text of sources.values()) {
    if (!isOwn(text) || text.id === rowsAtHand) continue;
    const code = text.kind === 'own' ? 'textOnlyInBrowser' : 'rowsOnlyInBrowser';
    away.push({ code, values: { name: text.name || text.id } });
  }
  if (teacher.kind === 'saved') {
    away.push({ code: 'teacherOnlyInBrowser', values: { name: teacher.name || teacher.id } });
  }
  refuse(away);
  refuse(checkExperiment(experiment, teacher.kind === 'bundled' ? bundledTeachers[teacher.id] : null));
}
