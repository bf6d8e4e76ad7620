import type { Refusal } from '../errors.ts';
import type { OutsideCommand } from './commands.ts';
import type { Ticket, TicketState } from './ticket.ts';

const anyState = ['new', 'open', 'pending', 'solved'] as const;
const unsolved = ['new', 'open', 'pending'] as const;

/** What may be done to a ticket in which state: the one table that record, API and console ask. */
export const allowedIn = {
  receive: anyState,
  // These two begin a ticket: nothing may do that twice.
  compose: [],
  deflect: [],
  claim: ['new', 'open'],
  assign: unsolved,
  release: ['open', 'pending'],
  reply: anyState,
  pend: unsolved,
  resume: ['pending'],
  solve: unsolved,
  autoSolve: unsolved,
  reopen: ['solved'],
  invite: unsolved,
  uninvite: unsolved,
  changeTeam: unsolved,
  label: anyState,
  unlabel: anyState,
  note: anyState,
  rename: anyState,
  rate: anyState,
  settle: unsolved,
  sendLink: anyState,
  cancelSend: anyState,
  moveSend: anyState,
  resend: anyState,
  delivery: anyState,
  sync: anyState,
} as const satisfies Record<OutsideCommand, readonly TicketState[]>;

const verbs: Record<OutsideCommand, string> = {
  receive: 'receive mail',
  compose: 'be composed',
  deflect: 'be answered by the assistant',
  claim: 'be claimed',
  assign: 'be assigned',
  release: 'be released',
  reply: 'be answered',
  pend: 'be set to pending',
  resume: 'be resumed',
  solve: 'be solved',
  autoSolve: 'get an auto-solve date',
  reopen: 'be reopened',
  invite: 'get participants',
  uninvite: 'lose participants',
  changeTeam: 'change team',
  label: 'be labelled',
  unlabel: 'lose labels',
  note: 'get notes',
  rename: 'be renamed',
  rate: 'be rated',
  settle: 'be solved by the customer',
  sendLink: 'have a link to its page mailed',
  cancelSend: 'have a mail taken back',
  moveSend: 'have a mail moved',
  resend: 'have a mail sent again',
  delivery: 'learn of a delivery',
  sync: 'be looked at',
};

/** Null when the state allows it, else why not, in words an agent can act on. */
export function refusalIn(ticket: Pick<Ticket, 'state'>, command: OutsideCommand): Refusal | null {
  const states: readonly TicketState[] = allowedIn[command];
  if (states.includes(ticket.state)) return null;
  const which = states.length === 0 ? 'tickets not yet begun' : `${states.join(', ')} tickets`;
  return {
    code: 'not_allowed',
    message: `It is ${ticket.state}; only ${which} can ${verbs[command]}.`,
    details: { state: ticket.state, allowed: [...states] },
  };
}
