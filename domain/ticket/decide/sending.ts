import { assertNever } from '../../errors.ts';
import type { CommandOf } from '../commands.ts';
import { agentRefusal, dateRefusal, later, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { MessageFact } from '../facts.ts';
import { isAgentsOwn } from '../ticket.ts';
import type { MessageKind, Send, Then } from '../ticket.ts';
import { thenEvents } from './waiting.ts';

/** An agent's mail to the customer: claims a new ticket, reopens a solved one. */
export function reply(on: On, command: CommandOf<'reply'>): Decision {
  const { ticket, facts } = on;
  const { message } = facts;
  if (!message || message.writer === null) {
    return refuse('not_found', `There is no reply "${command.message}" on this ticket.`);
  }
  if (message.delivery !== null) return { events: [] };
  const refusal = agentRefusal(facts, message.writer);
  if (refusal) return { refusal };
  const unseen = news(on, message);
  if (unseen) return unseen;
  const agent = message.writer;
  const first: EventBody[] = [];
  if (ticket.state === 'new') first.push({ type: 'claimed', agent, from: null });
  if (ticket.state === 'solved') first.push({ type: 'reopened', why: 'reply', owner: agent });
  const queued = queue(on, message, first.length);
  return 'refusal' in queued ? queued : { events: [...first, ...queued.events] };
}

/**
 * The events that put a written message on its way, or why it cannot go. `offset`: how many events
 * of the same decision come before.
 */
export function queue(
  on: On,
  message: MessageFact,
  offset: number,
): { events: EventBody[] } | RefusedDecision {
  const { now } = on;
  if (message.empty) {
    return refuse('validation', 'The message is empty; write something or attach a file.');
  }
  if (message.sendAt !== null) {
    const refusal = dateRefusal(message.sendAt, now, 'The date to send it');
    if (refusal) return { refusal };
  }
  const sendAt = message.sendAt === null ? null : new Date(message.sendAt).toISOString();
  if (message.then && 'pend' in message.then) {
    const refusal = dateRefusal(message.then.pend.until, sendAt ?? now, 'The callback date');
    if (refusal) return { refusal };
  }
  const undo = message.undoMs > 0 ? later(now, message.undoMs) : null;
  const leaveAt = sendAt ?? undo;
  const queued: EventBody = {
    type: 'queued',
    message: message.id,
    kind: message.kind,
    writer: message.writer,
    leaveAt,
    later: sendAt !== null,
    dropIfCustomerWrites: message.dropIfCustomerWrites,
    then: message.then,
    upTo: null,
    to: null,
  };
  if (leaveAt !== null) return { events: [queued] };
  const { id, kind, writer, then } = message;
  return { events: [queued, ...started(on, { id, kind, writer, attempt: 1, then }, offset + 1)] };
}

type RefusedDecision = Extract<Decision, { refusal: unknown }>;

/** The attempt begins; from here on the mail cannot be taken back, and its `then` happens. */
export function started(
  on: On,
  send: {
    id: string;
    kind: MessageKind;
    writer: string | null;
    attempt: number;
    then: Then | null;
  },
  offset: number,
): EventBody[] {
  const { id, kind, writer, attempt, then } = send;
  const start: EventBody = { type: 'sendStarted', message: id, kind, attempt };
  return then ? [start, ...thenEvents(on, then, { message: id, writer }, offset + 1)] : [start];
}

/** Takes back, moves or repeats a mail. */
export function sending(
  on: On,
  command: CommandOf<'cancelSend' | 'moveSend' | 'resend'>,
): Decision {
  const { message } = on.facts;
  if (!message) return refuse('not_found', `There is no mail "${command.message}" here.`);
  if (command.type === 'resend') return resend(message, command.to ?? null);
  const send = on.ticket.sends[message.id];
  if (message.delivery === 'cancelled' && command.type === 'cancelSend') return { events: [] };
  if (send?.state !== 'waiting') {
    return refuse('too_late', 'The mail has already left or is being sent; it cannot be changed.');
  }
  switch (command.type) {
    case 'cancelSend':
      return {
        events: [{ type: 'sendCancelled', message: message.id, leaveAt: send.at, why: 'agent' }],
      };
    case 'moveSend': {
      if (on.ticket.state === 'solved') return notOnSolved;
      const refusal = dateRefusal(command.at, on.now, 'The date to send it');
      if (refusal) return { refusal };
      const leaveAt = new Date(command.at).toISOString();
      return { events: [{ type: 'sendMoved', message: message.id, leaveAt }] };
    }
    default:
      return assertNever(command);
  }
}

/** A mail in its undo seconds may leave a solved ticket; moved to a date it would be send-later. */
const notOnSolved = refuse(
  'not_allowed',
  'It is solved; nothing can be sent later from it. Let the mail leave, or reopen the ticket.',
  { state: 'solved', allowed: ['new', 'open', 'pending'] },
);

/** `to`: the id of other recipients, which whoever asks has kept with the mail before. */
function resend(message: MessageFact, to: string | null): Decision {
  const { id, kind, writer, delivery } = message;
  if (delivery !== 'failed' && delivery !== 'bounced' && delivery !== 'uncertain') {
    return refuse(
      'not_allowed',
      `The mail is ${delivery ?? 'not sent'}; only failed, bounced or uncertain mails go again.`,
      { state: delivery, allowed: ['failed', 'bounced', 'uncertain'] },
    );
  }
  if (to !== null && !message.otherRecipients.includes(to)) {
    return refuse(
      'not_found',
      'There are no recipients of that id for this mail; without `to` it goes to the same ones.',
    );
  }
  return {
    events: [
      {
        type: 'queued',
        message: id,
        kind,
        writer,
        leaveAt: null,
        later: false,
        dropIfCustomerWrites: false,
        then: null,
        upTo: null,
        to: null,
      },
      { type: 'sendStarted', message: id, kind, attempt: message.attempts + 1 },
    ],
  };
}

/** Refuses an answer whose writer has not seen what came in since the editor was opened. */
function news({ ticket }: On, message: MessageFact): RefusedDecision | null {
  const { seen } = message;
  if (seen === null) return null;
  const answers = [
    ...(ticket.lastReply ? [ticket.lastReply] : []),
    ...Object.values(ticket.sends).filter(isLeaving),
  ];
  const others = answers.filter(({ writer }) => writer !== message.writer);
  const latest = [ticket.lastCustomerSeq, ...others.map(({ seq }) => seq)];
  const fresh = latest.filter((seq) => seq > seen).sort((a, b) => a - b);
  if (fresh.length === 0) return null;
  return refuse('news', 'Something new came in since you began to write; read it first.', {
    since: String(seen),
    items: fresh.map(String),
  });
}

/** An answer in its undo seconds is as good as given; one that waits for a date is not. */
function isLeaving(send: Send): boolean {
  return send.state === 'waiting' && !send.later && isAgentsOwn(send.kind);
}
