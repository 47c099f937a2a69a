/** What a method can forget: it either doesn't compile, or is refused by name. See registry.test.ts for names and ranges. */
import type * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import type { Arm } from '../../src/config/experiment';
import {
  type Comparison,
  type Dial,
  type Method,
  method,
  type Schedule,
  type Term,
} from '../../src/methods/method';
import { extraParameters } from '../../src/train/pairs';
import { describeOn } from '../support/backends';
import { distilled, shape } from '../train/tinyExperiment';
import { trainerOf } from './plans';
import { planted } from './planted';

const { forgetful } = vi.hoisted(() => {
  const term = {
    symbol: 'L',
    tex: 'x',
    unit: 'nats' as const,
    source: 'here',
    reads: { student: ['hidden' as const], teacher: ['hidden' as const] },
    meanOver: 'tokens' as const,
  };
  const paper = { title: '', authors: '', year: 2000, arxiv: '' };
  const shares = (x: Comparison) => x.student.hidden.mean(1).mul(x.batch.tokenShares);
  const reading =
    (read: (x: Comparison) => tf.Tensor) =>
    (id: string): Method => ({
      paper,
      terms: { [id]: term },
      shares: (x) => [{ terms: [id], shares: shares(x).add(read(x).mean().mul(0)) }],
    });
  const makers: Record<string, (id: string) => Method> = {
    noShares: (id) => ({ paper, terms: { [id]: term }, shares: () => [] }),
    noReading: (id) => ({
      paper,
      terms: { [id]: term },
      readings: { readNothing: { symbol: 'x', unit: 'nats' } },
      shares: (x) => [{ terms: [id], shares: shares(x) }],
    }),
    logitsUnnamed: reading((x) => x.student.logits),
    statesUnnamed: reading((x) => x.student.states[0]),
    scoresUnnamed: reading((x) => x.teacher.scores[0]),
    qkvUnnamed: reading((x) => x.student.qkv),
    targetsUnnamed: reading((x) => x.teacher.targets),
    guessesUnnamed: reading((x) => x.teacher.guesses.toFloat()),
    extraUnnamed: reading((x) => x.extra('nowhere')),
    scalarUnnamed: reading((x) => x.scalar('nowhere')),
    scalarOfAnother: reading((x) => x.scalar('beta')),
    fixedDialOnDevice: (id) => ({
      ...reading((x) => x.scalar('standing'))(id),
      dials: { standing: { symbol: 'x', min: 0, max: 1, integer: false, initial: 0, live: false } },
    }),
    dialUnnamed: reading((x) => x.student.hidden.mul(x.dial('nowhere'))),
    choiceUnnamed: reading((x) => x.student.hidden.mul(x.choice('nowhere').length)),
    listUnnamed: reading((x) => x.student.hidden.mul(x.list('nowhere').length)),
    strangerNamed: (id) => ({
      paper,
      terms: { [id]: term },
      shares: (x) => [
        { terms: [id], shares: shares(x) },
        { terms: ['stranger'], shares: shares(x) },
      ],
    }),
  };
  return { forgetful: Object.fromEntries(Object.entries(makers).map(([id, make]) => [id, make(id)])) };
});

vi.mock('../../src/methods/all', async (original) => {
  const { methods } = await original<typeof import('../../src/methods/all')>();
  return { methods: { ...methods, ...forgetful } };
});

describeOn('cpu', 'a method that forgets', () => {
  it.each([
    ['shares for a term', 'noShares', 'noShares gives no shares for its noShares'],
    ['shares for a reading', 'noReading', 'noReading gives no shares for its readNothing'],
    [
      'to name the logits it reads',
      'logitsUnnamed',
      'logitsUnnamed reads logits, which none of its terms names',
    ],
    [
      'to name the states it reads',
      'statesUnnamed',
      'statesUnnamed reads states, which none of its terms names',
    ],
    [
      'to name the scores it reads',
      'scoresUnnamed',
      'scoresUnnamed reads scores, which none of its terms names',
    ],
    ['to name the vectors it reads', 'qkvUnnamed', 'qkvUnnamed reads queries, which none of its terms names'],
    [
      'to name the targets it reads',
      'targetsUnnamed',
      'targetsUnnamed reads targets, which none of its terms names',
    ],
    [
      'to name the guesses it reads',
      'guessesUnnamed',
      'guessesUnnamed reads guesses, which none of its terms names',
    ],
    ['to add a parameter', 'extraUnnamed', 'extraUnnamed adds no parameter nowhere'],
    [
      'to name a number on the device',
      'scalarUnnamed',
      'scalarUnnamed names no live dial and no schedule nowhere',
    ],
    [
      'that a number is another’s',
      'scalarOfAnother',
      'scalarOfAnother names no live dial and no schedule beta',
    ],
    ['that a dial stands still', 'fixedDialOnDevice', 'names no live dial and no schedule standing'],
    ['to name a dial', 'dialUnnamed', 'names no dial nowhere'],
    ['to name a choice', 'choiceUnnamed', 'names no choice nowhere'],
    ['to name a list', 'listUnnamed', 'names no list nowhere'],
    ['whose term it is', 'strangerNamed', 'No method names a term or a reading stranger'],
  ])('%s is refused by name', (_, id, message) => {
    const arm: Arm = { ...distilled, weights: { [id]: 1 } };
    const trainer = trainerOf(arm);
    expect(() => trainer.trainStep()).toThrow(message);
    trainer.dispose();
  });
});

describe('a method that adds a parameter by the name of another', () => {
  it('is refused by name', () => {
    const pair = { student: shape, teacher: shape, plan: { ...distilled, weights: { noShares: 1 } } };
    const adding = (name: string) => {
      forgetful.noShares.extra = { ready: true, parameters: () => ({ [name]: { shape: [1] } }) };
      return () => extraParameters(pair);
    };
    const message = (name: string) => `noShares adds ${name}, which is another parameter's name`;
    expect(adding('fit_dense.weight')).toThrow(message('fit_dense.weight'));
    expect(adding('cls.predictions.bias')).toThrow(message('cls.predictions.bias'));
    expect(adding('own')).not.toThrow();
    delete forgetful.noShares.extra;
  });
});

describe('a record that lacks a part', () => {
  const { planted: whole } = planted.terms;
  const { plantedPull } = planted.dials!;
  const { plantedRise } = planted.schedules!;

  it('does not compile', () => {
    const { symbol: _1, ...noSymbol } = whole;
    const { tex: _2, ...noTex } = whole;
    const { unit: _3, ...noUnit } = whole;
    const { source: _4, ...noSource } = whole;
    const { reads: _5, ...noReads } = whole;
    const { meanOver: _6, ...noMean } = whole;
    const { min: _7, ...noLeast } = plantedPull;
    const { max: _8, ...noMost } = plantedPull;
    const { initial: _9, ...noInitial } = plantedPull;
    const { charted: _10, ...unsaid } = plantedRise;
    const { shares: _11, ...noShares } = planted;
    const { paper: _12, ...noPaper } = planted;
    const incomplete: unknown[] = [
      // @ts-expect-error a term without its symbol
      noSymbol satisfies Term,
      // @ts-expect-error without its formula
      noTex satisfies Term,
      // @ts-expect-error without its unit
      noUnit satisfies Term,
      // @ts-expect-error without its source
      noSource satisfies Term,
      // @ts-expect-error without what it reads
      noReads satisfies Term,
      // @ts-expect-error without over what its mean runs
      noMean satisfies Term,
      // @ts-expect-error a mean over nothing that there is
      { ...whole, meanOver: 'words' } satisfies Term,
      // @ts-expect-error a signal that there is not
      { ...whole, reads: { student: ['gradients'], teacher: [] } } satisfies Term,
      // @ts-expect-error soft targets on the student's side
      { ...whole, reads: { student: ['targets'], teacher: [] } } satisfies Term,
      // @ts-expect-error a dial without a lower bound
      noLeast satisfies Dial,
      // @ts-expect-error without an upper one
      noMost satisfies Dial,
      // @ts-expect-error without a first value
      noInitial satisfies Dial,
      // @ts-expect-error a schedule that does not say whether people see it
      unsaid satisfies Schedule,
      // @ts-expect-error a choice of nothing
      { ...planted, choices: { none: [] } } satisfies Method,
      // @ts-expect-error a method without shares
      noShares satisfies Method,
      // @ts-expect-error without its paper
      noPaper satisfies Method,
    ];
    expect(incomplete.every((part) => part !== undefined)).toBe(true);
  });

  it('does not compile where its shares are of what it does not name', () => {
    const { paper, terms } = planted;
    const made = method({
      paper,
      terms,
      // @ts-expect-error a reading that is not declared
      shares: (x) => [{ terms: ['plantedScale'], shares: x.student.hidden }],
    });
    expect(made.readings).toBeUndefined();
  });
});
