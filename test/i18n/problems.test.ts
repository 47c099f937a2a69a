import { describe, expect, it } from 'vitest';
import type { ArmNamePart } from '../../src/config/armNames';
import { type ProblemCode, problemValues } from '../../src/config/problems';
import { addDialogWords } from '../../src/i18n/dialogWords';
import { arms } from '../../src/i18n/en/arms';
import { commandLineProblems } from '../../src/i18n/en/commandLineProblems';
import { dialogProblems } from '../../src/i18n/en/dialogProblems';
import { problems } from '../../src/i18n/en/problems';
import { i18next } from '../../src/i18n/i18n';
import type { SoftTargets } from '../../src/methods/softTargets';

// That these compile means that every code has its words, and no words are without a code.
const all = { ...problems, ...dialogProblems, ...commandLineProblems };
const words: Record<ProblemCode, { title: string; text: string }> = all;
all satisfies Record<ProblemCode, unknown>;
// Methods, terms and choices are called what they are called everywhere.
type NamedElsewhere = 'method' | 'terms' | 'choice';
arms satisfies Record<Exclude<ArmNamePart['code'], NamedElsewhere>, string | Record<string, string>>;
arms.control satisfies Record<Exclude<SoftTargets, 'teacher'>, string>;
({}) as keyof typeof all satisfies ProblemCode;
({}) as keyof typeof arms satisfies ArmNamePart['code'];

addDialogWords();

const codes = Object.keys(problemValues) as ProblemCode[];

describe('words of problems', () => {
  it.each(codes)('use only the values that come with %s', (code) => {
    const { title, text } = words[code];
    const used = [...`${title} ${text}`.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map((match) => match[1]);
    expect(problemValues[code]).toEqual(expect.arrayContaining(used));
    expect(text).toMatch(/\.$/);
  });

  it('write large figures for people', () => {
    const text = i18next.t('problem.textTooLarge.text', { bytes: 20_000_000, most: 10_485_760 });
    expect(text).toBe('It has 20,000,000 bytes; the limit is 10,485,760. Use a part of it.');
  });
});
