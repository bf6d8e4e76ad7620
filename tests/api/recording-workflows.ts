import { record } from '../../activities/record/record.ts';
import type { Database } from '../../database/client.ts';
import { ticketExists } from '../../database/queries/ticket-read.ts';
import { RefusedError, refused } from '../../domain/errors.ts';
import { parseCommand } from '../../domain/ticket/parse-command.ts';
import type { DeliveryOutcome, OutsideCommand } from '../../domain/ticket/commands.ts';
import type { TicketWorkflows } from '../../intake/ticket-workflows.ts';
import { testLog } from '../../runtime/logger.ts';
import type { CommandArgument, TicketInput } from '../../workflows/messages.ts';

const REOPEN_WINDOW_MS = 14 * 86_400_000;

interface Attempt {
  message: string;
  /** From 1 on. */
  attempt: number;
  outcome: DeliveryOutcome;
}

/** Tickets' workflows without timers and sends: each command is recorded at once. */
export interface RecordingWorkflows extends TicketWorkflows {
  /** Makes every call fail as if Temporal were away. */
  away: boolean;
  /** What was asked, in order. */
  asked: string[];
  /** An attempt to send tells how it ended. */
  attemptEnded(ticket: TicketInput, attempt: Attempt): Promise<void>;
}

export function recordingWorkflows(database: Database): RecordingWorkflows {
  const dependencies = {
    database,
    reopenWindowMs: REOPEN_WINDOW_MS,
    assistantBudgetMs: 0,
    logger: testLog,
  };
  const run = async (
    { company, number }: TicketInput,
    name: OutsideCommand,
    argument: CommandArgument,
  ) => {
    if (workflows.away) throw refused('unavailable', 'The workflow service does not answer.');
    workflows.asked.push(name);
    const parsed = parseCommand(name, argument);
    if ('malformed' in parsed) throw refused('validation', parsed.malformed);
    const command = { ...parsed.body, id: parsed.id ?? `signal-${Date.now()}`, by: parsed.by };
    const input = { company, number, command, knownSeq: 0, from: 'update' as const };
    const { seq, outcome } = await record(dependencies, input, 1);
    if ('refusal' in outcome) throw new RefusedError(outcome.refusal);
    return { seq, events: outcome.events };
  };
  const workflows: RecordingWorkflows = {
    away: false,
    asked: [],
    attemptEnded: async (ticket, ended) => {
      const id = `attempt-${ended.message}-${ended.attempt}`;
      const command = { type: 'delivery', ...ended, atOnce: false, id, by: null } as const;
      await record(dependencies, { ...ticket, command, knownSeq: 0, from: 'desk' }, 1);
    },
    command: run,
    // A ticket that nobody has begun has no run.
    commandRunning: async (ticket, name, argument) => {
      const { company, number } = ticket;
      const begun = await database.withCompany(company, (trx) => ticketExists(trx, number));
      return begun ? run(ticket, name, argument) : null;
    },
    receive: async (ticket, mail) => void (await run(ticket, 'receive', { mail, id: mail })),
    sync: async () => undefined,
    signal: async (ticket, name, argument) => void (await run(ticket, name, argument)),
  };
  return workflows;
}
