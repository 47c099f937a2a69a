/**
 * Forks: arms that are another arm up to a step, and go their own way from there. Until then they are not computed; whatever is
 * told of them is what is told of the arm that they come from.
 */
import { bounds } from './bounds';
import type { Arm, Experiment } from './experiment';

export type Fork = Arm & { fork: NonNullable<Arm['fork']> };

/**
 * True where an arm has a state of its own after so many updates. After the step that it comes off at its state is still that
 * of the arm that it comes from.
 */
export const isApartAfter = ({ fork }: Pick<Arm, 'fork'>, step: number): boolean => !fork || fork.step < step;

/** True where an arm has an update of its own after so many. */
export const isApartFrom = ({ fork }: Pick<Arm, 'fork'>, step: number): boolean => !fork || fork.step <= step;

type Arms = readonly Pick<Arm, 'id' | 'fork'>[];

/** The arm that an arm is still, among those that `isThere` says there are; undefined where it comes from none of them. */
export function originOf(arms: Arms, id: string, isThere: (id: string) => boolean): string | undefined {
  let own: string | undefined = id;
  // Forks that come from each other in a circle end somewhere too.
  for (let left = arms.length; own !== undefined && !isThere(own); left--) {
    own = left > 0 ? arms.find((arm) => arm.id === own)?.fork?.of : undefined;
  }
  return own;
}

/** Figures by arm, with those of forks that have none of their own yet: whoever they come from speaks for them. */
export function spokenFor<T>(arms: Arms, figures: Readonly<Record<string, T>>): Record<string, T> {
  const all: Record<string, T> = { ...figures };
  for (const { id, fork } of arms) {
    const origin = fork && originOf(arms, id, (own) => Object.hasOwn(figures, own));
    if (origin !== undefined) all[id] = figures[origin];
  }
  return all;
}

/** Whether an arm can be forked after so many updates, of `steps` in all. */
export const canFork = ({ arms }: Pick<Experiment, 'arms'>, step: number, steps: number): boolean =>
  arms.length < bounds.arms.max && step >= 1 && step < steps;

/** The arms that come from others. */
export const forksIn = ({ arms }: Pick<Experiment, 'arms'>): Fork[] =>
  arms.filter((arm): arm is Fork => arm.fork !== undefined);
