import type { Client } from '@temporalio/client';
import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { SearchAttributePair } from '@temporalio/common';

import { newId } from '../database/new-id.ts';
import { isErrorCode, refused } from '../domain/errors.ts';
import type { Json, RefusedError } from '../domain/errors.ts';
import { shortHash, ticketWorkflowId } from '../domain/ids.ts';
import type { OutsideCommand } from '../domain/ticket/commands.ts';
import { TICKET_QUEUE, TICKET_WORKFLOW } from '../workflows/messages.ts';
import type { CommandAnswer, CommandArgument, TicketInput } from '../workflows/messages.ts';
import { DEADLINE_EXCEEDED, grpcCodeOf } from './grpc-errors.ts';
import { TemporalPresence, unavailable } from './temporal-presence.ts';

/** A command that is not answered within this is an outage to the person who waits. */
const COMMAND_TIMEOUT_MS = 8_000;

/** Taking a mail over may wait longer: nobody looks at it, and a sweep repeats it. */
const RECEIVE_TIMEOUT_MS = 15_000;

const ticketState = defineSearchAttributeKey('TicketState', 'KEYWORD');
const ticketNumber = defineSearchAttributeKey('TicketNumber', 'INT');
const ticketTeam = defineSearchAttributeKey('TicketTeam', 'KEYWORD');

type TicketWorkflow = (input: TicketInput) => Promise<void>;

/** What a new run's list entry in the Temporal UI says until its first command is recorded. */
export interface FirstAttributes {
  state: 'new' | 'open' | 'solved';
  team: string | null;
}

/** The door to tickets' workflows: every lifecycle write goes through here. */
export interface TicketWorkflows {
  /** Hands a stored mail over; starts the ticket's workflow when none runs. Repeatable. */
  receive(ticket: TicketInput, mail: string, first?: FirstAttributes): Promise<void>;
  /** Asks a ticket to look at itself: late timers fire, lost sends go on. */
  sync(ticket: TicketInput): Promise<void>;
  /** Tells a ticket something without waiting for its answer. */
  signal(ticket: TicketInput, name: OutsideCommand, argument: CommandArgument): Promise<void>;
  /**
   * Runs a command and waits until it is recorded.
   * @throws RefusedError with the domain's code, or `unavailable` when Temporal does not answer
   */
  command(
    ticket: TicketInput,
    name: OutsideCommand,
    argument: CommandArgument,
    first?: FirstAttributes,
  ): Promise<CommandAnswer>;
  /** The same, for a ticket that has a run; null when none runs, and nothing is started then. */
  commandRunning(
    ticket: TicketInput,
    name: OutsideCommand,
    argument: CommandArgument,
  ): Promise<CommandAnswer | null>;
}

/** @param options.receiveTimeoutMs how long taking a mail over may wait for Temporal */
export function createTicketWorkflows(
  client: Client,
  { receiveTimeoutMs = RECEIVE_TIMEOUT_MS } = {},
): TicketWorkflows {
  const tell = (
    ticket: TicketInput,
    name: OutsideCommand,
    argument: CommandArgument,
    first?: FirstAttributes,
  ): Promise<void> =>
    client.withDeadline(Date.now() + receiveTimeoutMs, () =>
      signalWithStart(client, ticket, name, argument, first),
    );
  const signal: TicketWorkflows['signal'] = (ticket, name, argument) =>
    tell(ticket, name, argument);
  const presence = new TemporalPresence(client);
  return {
    receive: (ticket, mail, first) => tell(ticket, 'receive', { mail, id: mail }, first),
    sync: (ticket) => signal(ticket, 'sync', {}),
    signal,
    command: (ticket, name, argument, first) => {
      const asked = withId(argument);
      return answered(presence, (tries) =>
        client.workflow.executeUpdateWithStart<TicketWorkflow, CommandAnswer, [CommandArgument]>(
          name,
          {
            ...updateOptions(asked, tries),
            startWorkflowOperation: new WithStartWorkflowOperation<TicketWorkflow>(
              TICKET_WORKFLOW,
              startOptions(ticket, first),
            ),
          },
        ),
      );
    },
    commandRunning: async ({ company, number }, name, argument) => {
      const handle = client.workflow.getHandle(ticketWorkflowId(company, number));
      const asked = withId(argument);
      try {
        return await answered(presence, (tries) =>
          handle.executeUpdate<CommandAnswer, [CommandArgument]>(name, updateOptions(asked, tries)),
        );
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      }
    },
  };
}

type AskedCommand = CommandArgument & { id: string };

function withId(argument: CommandArgument): AskedCommand {
  return { ...argument, id: argument.id ?? newId() };
}

/**
 * The server knows a repetition by the update's id. Another question under the same command id is
 * another update, so that it reaches `record` and is refused there; and so is one that is asked
 * again because no run answered, as the server would give its failure once more.
 */
function updateOptions(asked: AskedCommand, tries: number) {
  const args: [CommandArgument] = [asked];
  const again = tries === 0 ? '' : `-${tries}`;
  return { args, updateId: `${asked.id}-${shortHash(JSON.stringify(asked))}${again}` };
}

/**
 * A run that ends or continues as new in this moment turns an update away; the next run takes it.
 * Asking again is safe, since the command's id makes it happen once.
 */
const ASK_AGAIN_AFTER_MS = [50, 150, 450] as const;

async function answered(
  presence: TemporalPresence,
  update: (tries: number) => Promise<CommandAnswer>,
): Promise<CommandAnswer> {
  const deadline = Date.now() + COMMAND_TIMEOUT_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      return await presence.call(deadline, () => update(tries));
    } catch (error) {
      const waitMs = ASK_AGAIN_AFTER_MS[tries];
      if (waitMs === undefined || !isTurnedAway(error)) throw asRefusal(error);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/** Not a server that takes too long: the deadline has passed then. */
function isTurnedAway(error: unknown): boolean {
  if (wasDropped(error)) return true;
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return false;
  const code = grpcCodeOf(error);
  return code !== null && code !== DEADLINE_EXCEEDED;
}

/**
 * The server's own failures of an update that no run has answered: its run ended before, or a
 * worker lost its task, recorded or not.
 */
const DROPPED = ['UnprocessedUpdate', 'AcceptedUpdateCompletedWorkflow'];

function wasDropped(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && DROPPED.includes(cause.type ?? '');
}

async function signalWithStart(
  client: Client,
  ticket: TicketInput,
  name: OutsideCommand,
  argument: CommandArgument,
  first?: FirstAttributes,
): Promise<void> {
  await client.workflow.signalWithStart(TICKET_WORKFLOW, {
    ...startOptions(ticket, first),
    signal: name,
    signalArgs: [argument],
  });
}

function startOptions(ticket: TicketInput, first?: FirstAttributes) {
  const pairs: SearchAttributePair[] = [{ key: ticketNumber, value: ticket.number }];
  if (first) {
    pairs.push({ key: ticketState, value: first.state });
    if (first.team !== null) pairs.push({ key: ticketTeam, value: first.team });
  }
  const { company, number } = ticket;
  return {
    taskQueue: TICKET_QUEUE,
    workflowId: ticketWorkflowId(company, number),
    args: [{ company, number }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    typedSearchAttributes: new TypedSearchAttributes(pairs),
  } as const;
}

/** Temporal's errors in the desk's words; what is not a refusal is an outage. */
function asRefusal(error: unknown): unknown {
  const isAway = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError;
  if (isAway || grpcCodeOf(error) !== null || wasDropped(error)) return unavailable();
  if (error instanceof WorkflowUpdateFailedError) return readRefusal(error.cause) ?? error;
  return error;
}

function readRefusal(cause: unknown): RefusedError | null {
  if (!(cause instanceof ApplicationFailure) || !isErrorCode(cause.type)) return null;
  const details: unknown = cause.details?.[0];
  return refused(cause.type, cause.message, isJsonObject(details) ? details : undefined);
}

function isJsonObject(value: unknown): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
