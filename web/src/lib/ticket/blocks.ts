import type { EventEntry, MessageEntry, NoteEntry, TimelineEntry } from '../api/types.ts';
import { eventWords, type EventWords, type Telling } from './event-words.ts';

export interface ToldEvent {
  id: string;
  at: string;
  words: EventWords;
}

/** The conversation as it is drawn: mails, notes, runs of quiet history, dividers. */
export type Block =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'since'; key: string }
  | { kind: 'message'; key: string; entry: MessageEntry }
  | { kind: 'note'; key: string; entry: NoteEntry }
  | { kind: 'events'; key: string; events: ToldEvent[] };

/** `since` is the last entry that was there when the agent began to write, once it matters. */
export function blocksOf(
  entries: TimelineEntry[],
  telling: Telling,
  since: string | null,
): Block[] {
  const blocks: Block[] = [];
  const seen = since === null ? -1 : entries.findIndex((entry) => entry.id === since);
  let sinceDue = seen >= 0;
  let day = '';
  entries.forEach((entry, place) => {
    const told = entry.kind === 'event' ? eventWords(entry, telling) : null;
    if (entry.kind === 'event' && told === null) return;
    const today = telling.say.dates.dayName(entry.at, telling.now);
    if (today !== day) blocks.push({ kind: 'day', key: `day ${today}`, text: today });
    day = today;
    if (sinceDue && place > seen) {
      blocks.push({ kind: 'since', key: 'since' });
      sinceDue = false;
    }
    add(blocks, entry, told);
  });
  return blocks;
}

function add(blocks: Block[], entry: TimelineEntry, told: EventWords | null): void {
  if (entry.kind === 'message' && isRoutine(entry)) addEvent(blocks, entry, routineWords(entry));
  else if (entry.kind === 'message') blocks.push({ kind: 'message', key: entry.id, entry });
  if (entry.kind === 'note') blocks.push({ kind: 'note', key: entry.id, entry });
  if (entry.kind === 'event' && told !== null) addEvent(blocks, entry, told);
}

/** The acknowledgement is nobody's words: a line tells of it, unless it needs a person. */
function isRoutine(entry: MessageEntry): boolean {
  const quiet = ['scheduled', 'sending', 'sent'].includes(entry.state);
  return entry.messageKind === 'acknowledgement' && quiet;
}

function routineWords(entry: MessageEntry): EventWords {
  const done = entry.state === 'sent' ? 'sent' : 'on its way';
  return { icon: 'mail', who: '', text: `Acknowledgement ${done} to ${entry.to.join(', ')}` };
}

function addEvent(blocks: Block[], entry: EventEntry | MessageEntry, words: EventWords): void {
  const event = { id: entry.id, at: entry.at, words };
  const last = blocks.at(-1);
  if (last?.kind === 'events') last.events.push(event);
  else blocks.push({ kind: 'events', key: entry.id, events: [event] });
}
