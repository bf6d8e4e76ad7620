import type { Database } from '../database/client.ts';
import { forgetSweeps, pickLateTickets } from '../database/queries/late-tickets.ts';
import type { IntakeLogger } from './dependencies.ts';
import { every } from '../runtime/every.ts';
import type { TicketWorkflows } from './ticket-workflows.ts';

/** Durability.md, 10: what is overdue by 15 s has been lost with a process. */
const LATE_BY_MS = 15_000;
const SWEEP_EVERY_MS = 5_000;
const TICKETS_A_ROUND_MAX = 100;

interface SweepDependencies {
  database: Database;
  workflows: TicketWorkflows;
  logger: IntakeLogger;
}

/**
 * Asks tickets with an overdue timer or send to look at themselves. An update that was recorded
 * and then lost with its worker is redelivered by nobody else. Costs one indexed query when all
 * is well; a backlog after a downtime is worked off in rounds.
 */
export function startLateTicketSweep(dependencies: SweepDependencies): { stop(): Promise<void> } {
  return every(
    SWEEP_EVERY_MS,
    () => sweepLateTickets(dependencies),
    (error) =>
      dependencies.logger.warn({ err: error }, 'the sweep for late tickets did not get through'),
  );
}

export async function sweepLateTickets({ database, workflows }: SweepDependencies): Promise<void> {
  const late = await pickLateTickets(database, LATE_BY_MS, TICKETS_A_ROUND_MAX);
  for (const [index, ticket] of late.entries()) {
    try {
      await workflows.sync(ticket);
    } catch (error) {
      // Temporal is away: the others have not had their turn, and need not wait for the next.
      await forgetSweeps(database, late.slice(index + 1));
      throw error;
    }
  }
}
