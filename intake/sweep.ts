import { findPendingMail } from '../database/queries/mail-rows.ts';
import { every } from '../runtime/every.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverPending } from './hand-over.ts';

/** Durability.md, 8: every 5 s, mails that nobody has handed over within 5 s. */
const SWEEP_EVERY_MS = 5_000;
const PENDING_FOR_MS = 5_000;
const MAILS_A_ROUND_MAX = 200;

/**
 * Hands over what was stored and left behind: at start, then every few seconds. Costs one indexed
 * query when all is well, and several processes may sweep at once.
 */
export function startMailSweep(dependencies: IntakeDependencies): { stop(): Promise<void> } {
  return every(
    SWEEP_EVERY_MS,
    () => sweepMail(dependencies, PENDING_FOR_MS),
    (error) =>
      dependencies.logger.warn({ err: error }, 'the sweep for stored mail did not get through'),
  );
}

/** One round; mails are handed over one after the other, so that a backlog stays gentle. */
export async function sweepMail(
  dependencies: IntakeDependencies,
  pendingForMs: number,
): Promise<void> {
  const { lookups } = dependencies.database;
  const found = await findPendingMail(lookups, pendingForMs, MAILS_A_ROUND_MAX);
  for (const { company, mail } of found) await handOverPending(dependencies, company, mail);
}
