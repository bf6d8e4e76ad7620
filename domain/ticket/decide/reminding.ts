import { reminderId } from '../../ids.ts';
import { isActive } from '../decision.ts';
import type { On } from '../decision.ts';
import type { EventBody, ReminderKind } from '../events.ts';

/**
 * Reminds agents in the console, and by mail those who want mail of this kind. `offset` is how many
 * events of the same decision come before, since a reminder's id holds the seq of its event.
 * Inactive agents and doubles drop out.
 */
export function remind(
  on: On,
  kind: ReminderKind,
  agents: readonly (string | null)[],
  offset: number,
  options: { mail?: boolean; message?: string } = {},
): EventBody[] {
  const told = [...new Set(agents)].filter((agent) => isActive(on.facts, agent));
  if (told.length === 0) return [];
  const events: EventBody[] = [
    { type: 'reminded', kind, agents: told, message: options.message ?? null },
  ];
  if (options.mail === false) return events;
  const seq = on.ticket.seq + offset + 1;
  for (const agent of told) {
    if (on.facts.agents[agent]?.noMailFor?.includes(kind)) continue;
    const message = reminderId(on.ticket.number, seq, agent);
    events.push(...deskMail(message, 'reminder', seq, agent));
  }
  return events;
}

/** Queues a mail that the desk writes and starts it at once: nobody needs seconds to undo it. */
export function deskMail(
  message: string,
  kind: 'acknowledgement' | 'summary' | 'assistant' | 'link' | 'reminder',
  upTo: number,
  to: string | null,
): EventBody[] {
  return [
    {
      type: 'queued',
      message,
      kind,
      writer: null,
      leaveAt: null,
      later: false,
      dropIfCustomerWrites: false,
      then: null,
      upTo,
      to,
    },
    { type: 'sendStarted', message, kind, attempt: 1 },
  ];
}
