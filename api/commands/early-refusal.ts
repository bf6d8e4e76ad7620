import type { CompanyTransaction } from '../../database/client.ts';
import { readAgentFacts, readMessageFact, readNamed } from '../../database/queries/facts.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { Command, CommandOf, OutsideCommand } from '../../domain/ticket/commands.ts';
import { decide } from '../../domain/ticket/decide.ts';
import type { Facts } from '../../domain/ticket/facts.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';

export type TicketCommand = CommandOf<OutsideCommand>;

/**
 * What the desk's own rules would refuse as things stand. A courtesy, so that nothing is written
 * for it and an outage of the workflows does not hide it: `record` asks again, and decides.
 */
export async function earlyRefusal(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
  given: Partial<Facts>,
): Promise<Refusal | null> {
  const facts: Facts = {
    // When a ticket closes decides no refusal, nor does the assistant's time.
    settings: { reopenWindowMs: 0, assistantBudgetMs: 0 },
    untakenCustomerMail: false,
    automaticSender: false,
    automaticLately: 0,
    ...(await namedBy(trx, ticket, command)),
    ...given,
    agents: await readAgentFacts(trx, agentsIn(ticket, command)),
  };
  const decision = decide(ticket, command, facts, new Date().toISOString());
  return 'refusal' in decision ? decision.refusal : null;
}

async function namedBy(
  trx: CompanyTransaction,
  ticket: Ticket,
  command: Command,
): Promise<Partial<Facts>> {
  switch (command.type) {
    case 'changeTeam':
      return { team: command.team === null ? null : await readNamed(trx, 'team', command.team) };
    case 'cancelSend':
    case 'moveSend':
    case 'resend':
    case 'delivery':
      return { message: await readMessageFact(trx, ticket.number, command.message) };
    default:
      return {};
  }
}

function agentsIn(ticket: Ticket, command: Command): string[] {
  const named = 'agent' in command ? command.agent : null;
  const ids = [command.by, named, ticket.owner].filter((id) => id !== null);
  return [...new Set(ids)];
}
