import type { Database } from '../database/client.ts';
import { findLeftTickets, readLeftTicket } from '../database/queries/left-tickets.ts';
import { RefusedError } from '../domain/errors.ts';
import type { IntakeLogger } from './dependencies.ts';
import { every } from '../runtime/every.ts';
import type { TicketWorkflows } from './ticket-workflows.ts';

/** Whoever deactivates an agent looks for the tickets in New next. */
const SWEEP_EVERY_MS = 2_000;

/** Each is an update of a workflow; a colleague with a thousand tickets is a minute's work. */
const TICKETS_A_ROUND_MAX = 50;

interface SweepDependencies {
  database: Database;
  workflows: TicketWorkflows;
  logger: IntakeLogger;
}

/**
 * Gives the tickets of deactivated agents back to New, by the tickets' own workflows. It looks at
 * what is, and not at what was asked: whatever dies in between, the next round goes on.
 */
export function startLeftTicketSweep(dependencies: SweepDependencies): { stop(): Promise<void> } {
  return every(
    SWEEP_EVERY_MS,
    () => releaseLeftTickets(dependencies),
    (error) =>
      dependencies.logger.warn({ err: error }, 'the sweep for left tickets did not get through'),
  );
}

export async function releaseLeftTickets({
  database,
  workflows,
  logger,
}: SweepDependencies): Promise<void> {
  for (const { company, ticket } of await findLeftTickets(database, TICKETS_A_ROUND_MAX)) {
    const left = await database.withCompany(company, (trx) => readLeftTicket(trx, ticket));
    if (!left) continue;
    const { owner, by } = left;
    const asked = { owner, ...(by === null ? {} : { by }) };
    try {
      await workflows.command({ company, number: ticket }, 'release', asked);
    } catch (error) {
      // Temporal is away: all of them wait for the next round.
      if (!(error instanceof RefusedError) || error.refusal.code === 'unavailable') throw error;
      logger.warn({ err: error, company, ticket }, 'a ticket of nobody was not released');
    }
  }
}
