import type { Static } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import { readDeferralWords } from '../../../database/queries/deferral-words.ts';
import { readNames } from '../../../database/queries/timeline-content.ts';
import { refused } from '../../../domain/errors.ts';
import type { RefusedError } from '../../../domain/errors.ts';
import { armedTimers } from '../../../domain/ticket/armed.ts';
import type { ArmedTimer } from '../../../domain/ticket/armed.ts';
import type { Ticket } from '../../../domain/ticket/ticket.ts';
import type { NextItem } from '../../schemas/sending.ts';

type Item = Static<typeof NextItem>;

/**
 * Every armed timer and wait of a ticket, the next one first. A ticket has one timer of a kind, so
 * that its id is the kind; a mail that waits goes by its own id.
 */
export async function nextItems(trx: CompanyTransaction, ticket: Ticket): Promise<Item[]> {
  const timers = armedTimers(ticket);
  const setters = timers.map((timer) => setterOf(ticket, timer)).filter((id) => id !== null);
  const agents = await readNames(trx, 'agent', setters);
  const words = await reasonWords(trx, ticket, timers);
  return timers
    .map((timer): Item => {
      const by = setterOf(ticket, timer);
      return {
        id: nextId(timer),
        kind: timer.kind,
        at: timer.at,
        by: by === null ? null : { id: by, name: agents.get(by) ?? by },
        reason: words.get(nextId(timer)) ?? null,
        ...dropOf(ticket, timer),
      };
    })
    .sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** The timer that an id of the list stands for. @throws RefusedError `not_found` when it is gone */
export function timerOf(ticket: Ticket, id: string): ArmedTimer {
  const found = armedTimers(ticket).find((timer) => nextId(timer) === id);
  if (found) return found;
  throw refused('not_found', `Nothing called "${id}" is due on this ticket.`);
}

export function closeIsFixed(ticket: Ticket): RefusedError {
  return refused('not_allowed', 'When a solved ticket closes is fixed; reopen it instead.', {
    state: ticket.state,
    allowed: [],
  });
}

/** A question that the assistant has is answered or handed over; nobody moves that. */
export function assistantIsFixed(ticket: Ticket): RefusedError {
  return refused(
    'not_allowed',
    'The assistant answers soon or hands over; answer yourself instead.',
    {
      state: ticket.state,
      allowed: [],
    },
  );
}

function nextId(timer: ArmedTimer): string {
  return timer.kind === 'send' ? timer.message : timer.kind;
}

function dropOf(ticket: Ticket, timer: ArmedTimer): Pick<Item, 'dropIfCustomerWrites'> {
  if (timer.kind !== 'send') return {};
  return { dropIfCustomerWrites: ticket.sends[timer.message]?.dropIfCustomerWrites ?? false };
}

function setterOf(ticket: Ticket, timer: ArmedTimer): string | null {
  switch (timer.kind) {
    case 'callback':
      return ticket.callback?.by ?? null;
    case 'autoSolve':
      return ticket.autoSolve?.by ?? null;
    case 'send':
      return ticket.sends[timer.message]?.writer ?? null;
    case 'close':
    case 'assistant':
      return null;
  }
}

async function reasonWords(
  trx: CompanyTransaction,
  ticket: Ticket,
  timers: readonly ArmedTimer[],
): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  const reason = ticket.callback?.reason ?? null;
  const text =
    reason === null ? undefined : (await readNames(trx, 'ticket_text', [reason])).get(reason);
  if (text !== undefined) words.set('callback', text);
  const sends = timers.filter((timer) => timer.kind === 'send');
  const responses = await readDeferralWords(
    trx,
    sends.map(({ message }) => message),
  );
  for (const { message } of sends) {
    const send = ticket.sends[message];
    if (send?.state === 'deferred') {
      words.set(message, responses.get(message) || 'The other server asked to try again later');
    } else {
      words.set(message, send?.later === true ? 'Send later' : 'Undo time');
    }
  }
  return words;
}
