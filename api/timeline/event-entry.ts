import type { ShownNote } from '../../database/queries/notes.ts';
import type { TimelineRow } from '../../database/queries/timeline.ts';
import type { EventType } from '../../domain/ticket/events.ts';
import type { Actor } from '../../domain/ticket/ticket.ts';
import type { EventEntry, NoteEntry, TimelineEntry } from '../schemas/timeline.ts';

type Kind = 'agent' | 'team' | 'label' | 'ticket_text';

/** What ids stand for, by kind. */
export type Names = { [K in Kind]: ReadonlyMap<string, string> } & {
  notes: ReadonlyMap<string, ShownNote>;
  /** The words of ratings. */
  comments: ReadonlyMap<string, string>;
};

/** The fields of events that hold an id which people know by a name or a text. */
const namedFields: { [T in EventType]?: { [field: string]: Kind } } = {
  created: { team: 'team', subject: 'ticket_text' },
  composed: { agent: 'agent' },
  claimed: { agent: 'agent', from: 'agent' },
  assigned: { agent: 'agent', from: 'agent' },
  released: { from: 'agent' },
  invited: { agent: 'agent' },
  uninvited: { agent: 'agent' },
  solved: { agent: 'agent' },
  reopened: { owner: 'agent' },
  queued: { writer: 'agent' },
  teamChanged: { team: 'team', from: 'team' },
  labelled: { label: 'label' },
  unlabelled: { label: 'label' },
  renamed: { subject: 'ticket_text' },
  rated: { agent: 'agent', team: 'team' },
  pended: { reason: 'ticket_text', agent: 'agent' },
};

/** The ids in an entry that have a name. */
export function nameless({ actor, data }: TimelineRow): { kind: Kind; id: string }[] {
  const fields = namedFields[data.type] ?? {};
  const ids = Object.entries(data).flatMap(([field, id]) => {
    const kind = fields[field];
    return kind !== undefined && typeof id === 'string' ? [{ kind, id }] : [];
  });
  return actor.kind === 'agent' ? [...ids, { kind: 'agent', id: actor.id }] : ids;
}

/** A note, or a quiet line of history. */
export function describeEvent(row: TimelineRow, names: Names): NoteEntry | EventEntry {
  const { data } = row;
  const entry = { id: String(row.seq), at: row.at, by: describeActor(actorOf(row), names) };
  if (data.type === 'noted') {
    const { id: note, ...shown } = names.notes.get(data.note) ?? erased(data.note);
    return { ...entry, kind: 'note', note, ...shown };
  }
  // A queued mail that is no entry of its own was sent before, and goes again.
  const type = data.type === 'queued' ? 'resent' : data.type;
  const facts = factsOf(data, names);
  if (data.type === 'rated') facts['comment'] = names.comments.get(data.rating) ?? '';
  return { ...entry, kind: 'event', type, data: facts };
}

/** A note whose row went with its customer. */
function erased(id: string): ShownNote {
  return { id, text: '', mentions: [], editedAt: null, deleted: true };
}

/** What follows a reply when its undo seconds are over is its writer's wish, not the timer's. */
function actorOf({ actor, data }: TimelineRow): Actor {
  const follows = data.type === 'pended' || data.type === 'solved';
  if (actor.kind !== 'timer' || !follows || data.agent === null) return actor;
  return { kind: 'agent', id: data.agent };
}

export function describeActor(actor: Actor, names: Names): TimelineEntry['by'] {
  if (actor.kind !== 'agent') return { kind: actor.kind };
  return { kind: 'agent', id: actor.id, name: names.agent.get(actor.id) ?? '' };
}

/** The facts of an event as people know them: ids with their names, texts instead of their ids. */
function factsOf(data: TimelineRow['data'], names: Names): { [fact: string]: unknown } {
  const fields = namedFields[data.type] ?? {};
  const facts = Object.entries(data).flatMap(([field, value]): [string, unknown][] => {
    if (field === 'type') return [];
    const kind = fields[field];
    if (kind === undefined || typeof value !== 'string') return [[factName(data, field), value]];
    const name = names[kind].get(value) ?? '';
    return [[field, kind === 'ticket_text' ? name : { id: value, name }]];
  });
  return Object.fromEntries(facts);
}

/** `kind` says what an entry is; who solved a ticket has a name of its own. */
function factName(data: TimelineRow['data'], field: string): string {
  if (field !== 'kind') return field;
  return data.type === 'solved' ? 'solver' : 'messageKind';
}
