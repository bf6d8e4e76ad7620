import type { Ticket, TimelineEntry } from '../api/types.ts';

/**
 * Whom an answer leaves out if it goes to the customer alone: those in To and Cc of the
 * customer's newest mail, without the customer and without the company's own mailboxes.
 */
export function otherPeople(
  entries: readonly TimelineEntry[],
  customer: Ticket['customer'],
  mailboxes: readonly string[],
): string[] {
  const newest = entries.findLast(
    (entry) => entry.kind === 'message' && entry.direction === 'in' && !entry.automatic,
  );
  if (newest?.kind !== 'message') return [];
  const left = new Set([customer.email, ...(customer.addresses ?? []), ...mailboxes].map(lower));
  return [...newest.to, ...newest.cc].filter((address) => {
    const key = lower(address);
    // A ticket's own address is the mailbox with a token after a plus.
    if (left.has(key) || left.has(key.replace(/\+[a-z0-9]+(?=@[^@]+$)/, ''))) return false;
    left.add(key);
    return true;
  });
}

function lower(address: string): string {
  return address.trim().toLowerCase();
}
