import type { EventEntry, NextItem, TimelineEntry } from '../api/types.ts';
import { EntryFacts } from '../ticket/entry-facts.ts';

type Kind = 'callback' | 'autoSolve' | 'send';
type Agent = EventEntry['by'];

/** A timer that will not fire any more, as the history tells of it. */
export interface CancelledTimer {
  /** Of the entry that tells of it. */
  id: string;
  kind: Kind;
  /** When it would have fired. */
  at: string;
  cancelledAt: string;
  why: 'agent' | 'customer' | 'solved' | 'released' | 'delivery';
  by: Agent;
  /** What the callback was for. */
  reason: string | null;
}

const WHY = ['agent', 'customer', 'solved', 'released', 'delivery'] as const;

/**
 * The newest cancelled timer of each kind, whose date is still to come and that nobody has set
 * again: it stays to be seen, and can be set again.
 */
export function cancelledTimers(
  entries: readonly TimelineEntry[],
  armed: readonly NextItem[],
  now: number,
): CancelledTimer[] {
  const newest = new Map<Kind, CancelledTimer>();
  let reason: string | null = null;
  for (const entry of entries) {
    if (entry.kind !== 'event') continue;
    const facts = new EntryFacts(entry);
    if (entry.type === 'pended') {
      reason = facts.text('reason');
      newest.delete('callback');
    }
    if (entry.type === 'autoSolveSet') newest.delete('autoSolve');
    const cancelled = cancelledIn(entry, facts);
    if (cancelled === null) continue;
    const known = cancelled.kind === 'callback' ? reason : null;
    newest.set(cancelled.kind, { ...cancelled, reason: known });
  }
  const kinds = new Set(armed.map(({ kind }) => kind));
  return [...newest.values()].filter(
    ({ kind, at }) => Date.parse(at) > now && !(kind !== 'send' && kinds.has(kind)),
  );
}

function cancelledIn(entry: EventEntry, facts: EntryFacts): CancelledTimer | null {
  const kind = kindOf(entry.type);
  const at = facts.text('due') ?? facts.text('leaveAt');
  const why = WHY.find((known) => known === facts.text('why'));
  // A callback that came is no cancelled one, and has no such reason.
  if (kind === null || at === null || why === undefined) return null;
  return { id: entry.id, kind, at, cancelledAt: entry.at, why, by: entry.by, reason: null };
}

function kindOf(type: string): Kind | null {
  switch (type) {
    case 'resumed':
    case 'callbackCancelled':
      return 'callback';
    case 'autoSolveCancelled':
      return 'autoSolve';
    case 'sendCancelled':
      return 'send';
    default:
      return null;
  }
}
