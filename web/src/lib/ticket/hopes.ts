import type { Named } from '../api/types.ts';
import type { Hope } from './open-ticket.svelte.ts';

/**
 * What small changes make of a ticket: shown before the server has agreed, and on top of its news,
 * which may have the change already.
 */

export function withLabel(name: string): Hope {
  return (ticket) =>
    ticket.labels.includes(name) ? ticket : { ...ticket, labels: [...ticket.labels, name] };
}

export function withoutLabel(name: string): Hope {
  return (ticket) => ({ ...ticket, labels: ticket.labels.filter((label) => label !== name) });
}

/** A new ticket is open once it is somebody's. */
export function ownedBy({ id, name }: Named): Hope {
  return (ticket) => ({
    ...ticket,
    owner: { id, name },
    state: ticket.state === 'new' ? 'open' : ticket.state,
  });
}

export function withParticipant({ id, name }: Named): Hope {
  return (ticket) =>
    ticket.participants.some((agent) => agent.id === id)
      ? ticket
      : { ...ticket, participants: [...ticket.participants, { id, name }] };
}

export function withoutParticipant(id: string): Hope {
  return (ticket) => ({
    ...ticket,
    participants: ticket.participants.filter((agent) => agent.id !== id),
  });
}
