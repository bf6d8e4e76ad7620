import type { Facts } from '../facts.ts';

/**
 * Automatic mails that one address gets from the whole company within AUTOMATIC_WINDOW_MS, at most.
 * A person who writes five times an hour knows by then that mail arrives; a program that answers
 * our answers without saying so has to be cut off somewhere.
 */
export const AUTOMATIC_ANSWERS_MAX = 5;

/** A person asks for each summary, so that they do not go round by themselves. */
export const SUMMARIES_MAX = 20;

export const AUTOMATIC_WINDOW_MS = 3_600_000;

export function mayAnswer({ automaticLately }: Facts): boolean {
  return automaticLately < AUTOMATIC_ANSWERS_MAX;
}

export function maySummarise({ automaticLately }: Facts): boolean {
  return automaticLately < SUMMARIES_MAX;
}
