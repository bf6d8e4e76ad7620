import type { CommandOf, DeliveryOutcome } from '../commands.ts';
import { isActive, later, refuse } from '../decision.ts';
import type { Decision, On } from '../decision.ts';
import type { EventBody } from '../events.ts';
import type { MessageFact } from '../facts.ts';
import { isAgentsOwn } from '../ticket.ts';
import { remind } from './reminding.ts';

/** Temporary refusals are retried for two days (RFC 5321, 4.5.4.1 asks for four to five). */
const RETRY_FOR_MS = 2 * 24 * 3_600_000;

/** Waits between attempts; the last one repeats. */
const RETRY_WAITS_MS = [30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000] as const;

/** What became of a mail: recorded, and told to a person when one is needed. */
export function deliver(on: On, command: CommandOf<'delivery'>): Decision {
  const { message } = on.facts;
  if (!message) {
    return refuse('not_found', `There is no outgoing mail "${command.message}" on this ticket.`);
  }
  const send = on.ticket.sends[message.id];
  const isRunning = send?.state === 'sending';
  if (isRunning && command.attempt === null && command.outcome !== 'bounced') return isBeingSent;
  const stale = send !== undefined && command.attempt !== null && command.attempt !== send.attempt;
  const isTold = command.attempt === null && told(message.delivery, command.outcome);
  if (stale || !(isTold || follows(message.delivery, command.outcome))) return { events: [] };
  return { events: deliveryEvents(on, message, command, 0) };
}

/**
 * Only the attempt itself knows how it ends: ended by word of mouth it could be followed by another
 * while it still runs. A bounce is proof that the mail has left.
 */
const isBeingSent = refuse(
  'not_allowed',
  'The mail is being sent; wait for what comes of it, and correct that where it is wrong.',
  { state: 'sending', allowed: ['sent', 'uncertain', 'failed', 'bounced'] },
);

/** Which outcome may come after which state of a mail; anything else is old news. */
export function follows(state: MessageFact['delivery'], outcome: DeliveryOutcome): boolean {
  switch (outcome) {
    case 'arrived':
      return state === 'uncertain' || state === 'failed' || state === 'bounced';
    case 'bounced':
      return state === 'sent' || state === 'uncertain' || state === 'sending';
    case 'sent':
    case 'failed':
    case 'deferred':
    case 'uncertain':
      return state === 'sending';
  }
}

/** What a person who tells of no attempt may know better: the customer never got it, or did. */
function told(state: MessageFact['delivery'], outcome: DeliveryOutcome): boolean {
  if (outcome === 'failed') return state === 'sent' || state === 'uncertain';
  return outcome === 'sent' && follows(state, 'arrived');
}

/** The delivery event and what it does to the ticket (product.md, Lifecycle). */
export function deliveryEvents(
  on: On,
  message: MessageFact,
  { outcome, atOnce }: { outcome: DeliveryOutcome; atOnce: boolean },
  offset: number,
): EventBody[] {
  const { ticket, now } = on;
  const send = ticket.sends[message.id];
  const attempt = send?.attempt ?? message.attempts;
  const base = { type: 'delivery', message: message.id, kind: message.kind, attempt } as const;
  if (outcome === 'deferred') {
    const since = Date.parse(send?.since ?? now);
    const wait = RETRY_WAITS_MS[Math.min(attempt, RETRY_WAITS_MS.length) - 1] ?? 0;
    const next = later(now, atOnce ? 0 : wait);
    if (Date.parse(next) - since <= RETRY_FOR_MS) {
      return [{ ...base, outcome, next }];
    }
    return deliveryEvents(on, message, { outcome: 'failed', atOnce }, offset);
  }
  const recorded: EventBody = { ...base, outcome, next: null };
  if (message.kind === 'reminder') return [recorded];
  if (outcome === 'sent' && message.refusedSome && send?.state === 'sending') {
    return [recorded, ...tellPerson(on, message, offset + 1)];
  }
  if (outcome !== 'failed' && outcome !== 'bounced') return [recorded];
  return [recorded, ...needsPerson(on, message, offset + 1)];
}

/** A mail that did not reach the customer brings the ticket back to whoever can mend it. */
function needsPerson(on: On, message: MessageFact, offset: number): EventBody[] {
  const { ticket } = on;
  if (message.kind === 'assistant') return unanswered(on);
  if (isOnlyListed(on, message)) return [];
  const events: EventBody[] = [];
  const owner = activeOwner(on);
  if (ticket.state === 'pending') {
    events.push({ type: 'resumed', why: 'delivery', due: ticket.callback?.at ?? null });
  }
  if (ticket.state === 'solved' && !ticket.closed && owner !== null) {
    events.push({ type: 'reopened', why: 'delivery', owner });
  }
  return [...events, ...tellPerson(on, message, offset + events.length)];
}

/** The customer never got the answer that solved the ticket: it is as if there had been none. */
function unanswered({ ticket }: On): EventBody[] {
  if (ticket.solved?.kind !== 'assistant' || ticket.closed) return [];
  return [{ type: 'reopened', why: 'delivery', owner: null }];
}

/** Somebody got it and somebody did not: a person is told, and the ticket stays as it is. */
function tellPerson(on: On, message: MessageFact, offset: number): EventBody[] {
  if (isOnlyListed(on, message)) return [];
  const owner = activeOwner(on);
  const told = owner === null || on.ticket.closed ? message.writer : owner;
  return remind(on, 'delivery_failed', [told], offset, { message: message.id });
}

/** What the desk wrote itself about a ticket that is done needs nobody. */
function isOnlyListed({ ticket }: On, { kind }: MessageFact): boolean {
  return ticket.state === 'solved' && !isAgentsOwn(kind);
}

function activeOwner({ ticket, facts }: On): string | null {
  return isActive(facts, ticket.owner) ? ticket.owner : null;
}
