import type { ReminderKind, TicketEvent } from '../ticket/events.ts';
import type { Outcome } from './desk.ts';

type Events = readonly TicketEvent[] | Outcome;

const listOf = (from: Events): readonly TicketEvent[] => ('events' in from ? from.events : from);

/** The types of what happened, in order. */
export function typesOf(from: Events): string[] {
  return listOf(from).map(({ type }) => type);
}

/** The events of one type. */
export function eventsOf<T extends TicketEvent['type']>(
  from: Events,
  type: T,
): Extract<TicketEvent, { type: T }>[] {
  const isOne = (event: TicketEvent): event is Extract<TicketEvent, { type: T }> =>
    event.type === type;
  return listOf(from).filter(isOne);
}

/** Who was reminded of what, in the console and by mail. */
export function remindersIn(
  from: Events,
): { kind: ReminderKind; console: string[]; mail: string[] }[] {
  return eventsOf(from, 'reminded').map(({ kind, agents, seq }) => ({
    kind,
    console: agents,
    mail: eventsOf(from, 'queued')
      .filter((queued) => queued.kind === 'reminder' && queued.upTo === seq)
      .map(({ to }) => to ?? 'nobody'),
  }));
}
