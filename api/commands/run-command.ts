import type { FastifyRequest } from 'fastify';

import type { CompanyTransaction } from '../../database/client.ts';
import { readNames } from '../../database/queries/timeline-content.ts';
import { readRecorded } from '../../database/queries/ticket-log.ts';
import { readTicket } from '../../database/queries/ticket-read.ts';
import type { TicketDetails } from '../../database/queries/ticket-read.ts';
import { readTicketState } from '../../database/queries/ticket-state.ts';
import { RefusedError, refused } from '../../domain/errors.ts';
import type { Command, CommandBody, OutsideCommand } from '../../domain/ticket/commands.ts';
import type { TicketEvent } from '../../domain/ticket/events.ts';
import type { Facts } from '../../domain/ticket/facts.ts';
import type { Ticket } from '../../domain/ticket/ticket.ts';
import type { FirstAttributes } from '../../intake/ticket-workflows.ts';
import type { CommandAnswer } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { whoAsks } from '../plugins/authentication.ts';
import type { SignedIn } from '../plugins/authentication.ts';
import { once } from '../plugins/idempotency.ts';
import { earlyRefusal } from './early-refusal.ts';

/** A command with an outside name, as routes ask it. */
export type AskedCommand = Extract<CommandBody, { type: OutsideCommand }>;

/** What to ask of the ticket, and the facts that the caller knows from what it has just written. */
export interface Plan {
  command: AskedCommand;
  facts?: Partial<Facts>;
}

/** A plan, or what writes the content that the plan's command names. */
export type Planned = Plan | ((trx: CompanyTransaction, ticket: Ticket) => Plan | Promise<Plan>);

/**
 * Runs one command on a ticket of the signed-in agent's company. Content is written in a
 * transaction that an early refusal undoes; a command without content goes straight to the
 * ticket's run, which refuses just as well.
 * @throws RefusedError `not_found` for numbers of nobody and of others, or the domain's refusal
 */
export async function runCommand(
  deps: ApiDeps,
  request: FastifyRequest,
  number: number,
  planned: Planned,
): Promise<CommandAnswer> {
  const who = whoAsks(request);
  if (typeof planned === 'function') return planAndRun(deps, request, number, planned);
  const command = named(request, who, planned.command);
  const answer = await sendCommand(deps, who, number, command, { startsRun: false });
  return answer ?? planAndRun(deps, request, number, () => planned);
}

async function planAndRun(
  deps: ApiDeps,
  request: FastifyRequest,
  number: number,
  plan: Exclude<Planned, Plan>,
): Promise<CommandAnswer> {
  const who = whoAsks(request);
  const command = await deps.database.withCompany(who.company, async (trx) => {
    const ticket = await readTicketState(trx, number);
    if (!ticket) throw noSuchTicket(number);
    const { command: wanted, facts = {} } = await plan(trx, ticket);
    const asked = named(request, who, wanted);
    const refusal = await earlyRefusal(trx, ticket, asked, facts);
    if (!refusal || (await wasRecorded(trx, request, number, wanted))) return asked;
    throw await namingOwner(trx, new RefusedError(refusal));
  });
  return startCommand(deps, who, number, command);
}

/** Runs a command and answers with the ticket as it is then. */
export async function changeTicket(
  deps: ApiDeps,
  request: FastifyRequest,
  number: number,
  planned: Planned,
): Promise<TicketDetails> {
  await runCommand(deps, request, number, planned);
  return showTicket(deps, whoAsks(request), number);
}

/** @throws RefusedError `not_found` */
export async function showTicket(
  deps: Pick<ApiDeps, 'database'>,
  { company, agent }: SignedIn,
  number: number,
): Promise<TicketDetails> {
  const shown = await deps.database.withCompany(company, (trx) => readTicket(trx, agent, number));
  if (!shown) throw noSuchTicket(number);
  return shown;
}

export function noSuchTicket(number: number): RefusedError {
  return refused('not_found', `There is no ticket ${number}.`);
}

/** The command with the id that makes it happen once, and the agent who asks. */
export function named(request: FastifyRequest, who: SignedIn, command: AskedCommand): Command {
  return { ...command, id: once(request).commandId(command.type), by: who.agent };
}

/** Hands a command to the ticket's workflow, starting its run if need be, until it is recorded. */
export async function startCommand(
  deps: ApiDeps,
  who: SignedIn,
  number: number,
  command: Command,
  first?: FirstAttributes,
): Promise<CommandAnswer> {
  const answer = await sendCommand(deps, who, number, command, { startsRun: true, first });
  if (!answer) throw new Error(`the run of ticket ${number} did not start`);
  return answer;
}

/** Null when the ticket has no run, which is to say it is closed or there is none. */
async function sendCommand(
  { database, workflows }: ApiDeps,
  { company }: SignedIn,
  number: number,
  command: Command,
  { startsRun, first }: { startsRun: boolean; first?: FirstAttributes | undefined },
): Promise<CommandAnswer | null> {
  const { type, ...argument } = command;
  if (!isOutside(type)) throw new Error(`"${type}" is no command for people`);
  const ticket = { company, number };
  try {
    return startsRun
      ? await workflows.command(ticket, type, argument, first)
      : await workflows.commandRunning(ticket, type, argument);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    throw await database.withCompany(company, (trx) => namingOwner(trx, error));
  }
}

function isOutside(type: Command['type']): type is OutsideCommand {
  return !type.endsWith('Due') && type !== 'malformed';
}

/**
 * What a repeated call's command led to, when it was recorded the first time: what it was about may
 * be gone by now. Null for the first call.
 */
export async function recordedBefore(
  trx: CompanyTransaction,
  request: FastifyRequest,
  number: number,
  type: AskedCommand['type'],
): Promise<TicketEvent[] | null> {
  if (request.onceKey === null) return null;
  const recorded = await readRecorded(trx, number, once(request).commandId(type));
  return recorded?.events ?? null;
}

/** A repeated call whose command was recorded gets what was recorded, not a new judgement. */
async function wasRecorded(
  trx: CompanyTransaction,
  request: FastifyRequest,
  number: number,
  command: AskedCommand,
): Promise<boolean> {
  return (await recordedBefore(trx, request, number, command.type)) !== null;
}

/** The log names the owner by id; a person needs the name. */
async function namingOwner(trx: CompanyTransaction, error: RefusedError): Promise<RefusedError> {
  const { code, message, details } = error.refusal;
  const owner = details?.owner;
  if (code !== 'already_claimed' || typeof owner !== 'string') return error;
  const name = (await readNames(trx, 'agent', [owner])).get(owner) ?? owner;
  return refused(code, `${name} has claimed this ticket. ${message}`, {
    ...details,
    owner: { id: owner, name },
  });
}
