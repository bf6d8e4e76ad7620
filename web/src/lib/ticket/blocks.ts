import type { EventEntry, MessageEntry, NoteEntry, TimelineEntry } from '../api/types.ts';
import { eventWords, type EventWords, type Telling } from './event-words.ts';

export interface ToldEvent {
  id: string;
  at: string;
  words: EventWords;
  /** Refused commands say little each: those that follow each other are one line. */
  refused?: ToldEvent[];
}

/** The conversation as it is drawn: mails, notes, runs of quiet history, dividers. */
export type Block =
  | { kind: 'day'; key: string; text: string }
  | { kind: 'since'; key: string }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; entry: MessageEntry }
  | { kind: 'note'; key: string; entry: NoteEntry }
  | { kind: 'events'; key: string; events: ToldEvent[] };

/** Where the conversation is divided. */
export interface Marks {
  /** The last entry that was there when the agent began to write, once it matters. */
  since: string | null;
  /** The first entry that the agent had not read when the page opened. */
  unread: string | null;
}

export function blocksOf(entries: TimelineEntry[], telling: Telling, marks: Marks): Block[] {
  const blocks: Block[] = [];
  const seen = marks.since === null ? -1 : entries.findIndex((entry) => entry.id === marks.since);
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
    if (entry.id === marks.unread) blocks.push({ kind: 'unread', key: 'unread' });
    add(blocks, entry, told, telling);
  });
  return blocks;
}

/**
 * The first mail or note of somebody else that is newer than what was read; null when there is
 * none, and when nothing was read yet: then all of it is new, and needs no line.
 */
export function firstUnread(entries: TimelineEntry[], readTo: number, me: string): string | null {
  if (readTo === 0) return null;
  const found = entries.find(
    (entry) => entry.kind !== 'event' && Number(entry.id) > readTo && entry.by.id !== me,
  );
  return found?.id ?? null;
}

/** A longer conversation is folded: beyond this nobody reads on from the beginning. */
const FOLD_FROM = 50;
/** What stays open at the end of one that is folded, if nothing unread stands before. */
const LAST_SHOWN = 25;

export interface FoldedBlocks {
  /** How the conversation began: the first mail says what it is about. */
  first: Block[];
  hidden: number;
  last: Block[];
}

/** The conversation without its middle; `open` shows all of it. */
export function foldMiddle(blocks: Block[], open: boolean): FoldedBlocks {
  const whole = { first: [], hidden: 0, last: blocks };
  if (open || blocks.length < FOLD_FROM) return whole;
  const begun = blocks.findIndex((block) => block.kind === 'message') + 1;
  const marked = blocks.findIndex((block) => block.kind === 'unread' || block.kind === 'since');
  const wanted = blocks.length - LAST_SHOWN;
  const from = marked < 0 ? wanted : Math.min(wanted, marked);
  const middle = blocks.slice(begun, from);
  const hidden = middle.filter(({ kind }) => ['message', 'note', 'events'].includes(kind)).length;
  return hidden === 0 ? whole : { first: blocks.slice(0, begun), hidden, last: blocks.slice(from) };
}

function add(
  blocks: Block[],
  entry: TimelineEntry,
  told: EventWords | null,
  telling: Telling,
): void {
  if (entry.kind === 'message' && isRoutine(entry)) {
    addEvent(blocks, entry, routineWords(entry, telling), telling);
  } else if (entry.kind === 'message') blocks.push({ kind: 'message', key: entry.id, entry });
  if (entry.kind === 'note') blocks.push({ kind: 'note', key: entry.id, entry });
  if (entry.kind === 'event' && told !== null) addEvent(blocks, entry, told, telling);
}

/** The acknowledgement is nobody's words: a line tells of it, unless it needs a person. */
function isRoutine(entry: MessageEntry): boolean {
  const quiet = ['scheduled', 'sending', 'sent'].includes(entry.state);
  return (entry.messageKind === 'acknowledgement' || entry.messageKind === 'link') && quiet;
}

function routineWords(entry: MessageEntry, { say }: Telling): EventWords {
  const { history } = say.t;
  const [sent, leaving] =
    entry.messageKind === 'link'
      ? [history.linkSent, history.linkLeaving]
      : [history.acknowledgementSent, history.acknowledgementLeaving];
  const words = entry.state === 'sent' ? sent : leaving;
  return { icon: 'mail', who: '', text: words(entry.to.join(', ')) };
}

function addEvent(
  blocks: Block[],
  entry: EventEntry | MessageEntry,
  words: EventWords,
  { say }: Telling,
): void {
  const event: ToldEvent = { id: entry.id, at: entry.at, words };
  if (entry.kind === 'event' && entry.type === 'rejected') event.refused = [{ ...event }];
  const last = blocks.at(-1);
  if (last?.kind !== 'events') {
    blocks.push({ kind: 'events', key: entry.id, events: [event] });
    return;
  }
  const before = last.events.at(-1);
  if (!event.refused || !before?.refused) {
    last.events.push(event);
    return;
  }
  const refused = [...before.refused, ...event.refused];
  const text = say.t.history.rejectedMany(refused.length);
  last.events[last.events.length - 1] = { ...before, words: { ...words, text }, refused };
}
