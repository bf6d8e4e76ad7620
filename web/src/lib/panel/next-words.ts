import type { MessageEntry, NextItem } from '../api/types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';
import type { CancelledTimer } from './cancelled-timers.ts';

export interface NextWords {
  icon: IconName;
  tone: string;
  title: string;
  detail: string;
  /** "this callback date": for the names of its buttons. */
  thing: string;
}

/** What a timer is told with. */
export interface NextTelling {
  customer: string;
  me: string;
  now: number;
  say: Speech;
}

/** More than this of a planned mail does not help to know which one it is. */
const WORDS_CHARS_MAX = 60;

/** What an armed timer will do, when, why, and who set it; `mail` is the one that waits. */
export function nextWords(
  item: NextItem,
  mail: MessageEntry | null,
  telling: NextTelling,
): NextWords {
  const { panel } = telling.say.t;
  const { customer } = telling;
  const look = { ...lookOf(item.kind, telling, item.at), thing: panel.thingNames[item.kind] };
  switch (item.kind) {
    case 'callback':
      return { ...look, detail: sentences(setter(item, telling), panel.atOnceIf(customer)) };
    case 'autoSolve':
      return { ...look, detail: sentences(setter(item, telling), panel.cancelledIf(customer)) };
    case 'send': {
      const ifWritten = item.dropIfCustomerWrites ? panel.droppedIf : panel.sentEvenIf;
      const tried = mail !== null && mail.nextTryAt !== null;
      return {
        ...look,
        detail: sentences(
          writtenBy(item, mail, telling),
          tried ? (item.reason ?? '') : ifWritten(customer),
        ),
      };
    }
    case 'close':
      return { ...look, detail: panel.laterMail };
    case 'assistant':
      return { ...look, detail: panel.thenPerson };
  }
}

/** What a cancelled timer would have done, and why it does not. */
export function goneWords(timer: CancelledTimer, telling: NextTelling): NextWords {
  const { panel, ticket } = telling.say.t;
  const thing = panel.thingNames[timer.kind];
  const when = panel.cancelledAt(telling.say.dates.entryTime(timer.cancelledAt, telling.now));
  const { by } = timer;
  const name = by.id === telling.me ? ticket.youObject : by.name;
  const because = {
    customer: panel.becauseCustomer(telling.customer),
    solved: panel.becauseSolved,
    released: panel.becauseReleased,
    delivery: panel.becauseDelivery,
    agent: name === undefined ? '' : panel.cancelledBy(name),
  }[timer.why];
  const look = lookOf(timer.kind, telling, timer.at);
  return { ...look, tone: '', detail: sentences(when + because), thing };
}

function lookOf(
  kind: NextItem['kind'],
  { now, say }: NextTelling,
  when: string,
): Pick<NextWords, 'icon' | 'tone' | 'title'> {
  const { panel } = say.t;
  const at = say.dates.planned(when, now);
  switch (kind) {
    case 'callback':
      return { icon: 's-pending', tone: 's-pending', title: panel.returnsToOpen(at) };
    case 'autoSolve':
      return { icon: 'autosolve', tone: '', title: panel.solves(at) };
    case 'send':
      return { icon: 'calendar', tone: '', title: panel.mailLeaves(at) };
    case 'close':
      return { icon: 'lock', tone: '', title: panel.closes(at) };
    case 'assistant':
      return { icon: 'book', tone: '', title: panel.assistantUntil(at) };
  }
}

function setter({ by, reason }: NextItem, { me, say }: NextTelling): string {
  const { panel } = say.t;
  const set = by === null ? '' : by.id === me ? panel.setByYou : panel.setBy(by.name);
  if (!reason) return set;
  return set === '' ? reason : panel.withReason(set, reason);
}

function writtenBy({ by }: NextItem, mail: MessageEntry | null, { me, say }: NextTelling): string {
  const { panel } = say.t;
  const name = by === null ? '' : by.id === me ? panel.byYou : panel.byName(by.name);
  const words = firstWords(mail?.text ?? '');
  return words === '' ? name : panel.quotedBy(words, name);
}

function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  if (line.length <= WORDS_CHARS_MAX) return line;
  return `${line.slice(0, WORDS_CHARS_MAX).replace(/\s\S*$/, '')} …`;
}

function sentences(...parts: string[]): string {
  return parts
    .filter((part) => part !== '')
    .map((part) => (part.endsWith('.') ? part : `${part}.`))
    .join(' ');
}
