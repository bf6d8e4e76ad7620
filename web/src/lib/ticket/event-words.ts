import type { EventEntry } from '../api/types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';
import { EntryFacts } from './entry-facts.ts';

export interface EventWords {
  icon: IconName;
  tone?: string;
  /** Who did it, set in bold; empty when nobody did. */
  who: string;
  text: string;
}

/** What names and dates an event is told with. */
export interface Telling {
  /** "You", a colleague's name. */
  agent: (agent: { id?: string; name?: string }) => string;
  team: (team: { id?: string; name?: string }) => string;
  customer: string;
  now: number;
  say: Speech;
}

/** Shown by the mail or note itself, or only of use to a machine. */
const SILENT = new Set([
  'received',
  'composed',
  'sendStarted',
  'delivery',
  'noted',
  'autoSolveDeferred',
]);

/** One quiet line of history in plain words; null for what the conversation already shows. */
export function eventWords(entry: EventEntry, telling: Telling): EventWords | null {
  if (SILENT.has(entry.type)) return null;
  const facts = new EntryFacts(entry);
  const who = actor(entry, telling);
  const words =
    lifecycleWords(entry.type, facts, telling, who) ??
    timerWords(entry.type, facts, telling, who) ??
    detailWords(entry.type, facts, telling, who);
  if (words !== null) return words;
  return { icon: 'more', who: '', text: entry.type };
}

type Teller = (type: string, facts: EntryFacts, telling: Telling, who: string) => EventWords | null;

const lifecycleWords: Teller = (type, facts, telling, who) => {
  const agent = facts.named('agent');
  const from = facts.named('from');
  const ofFrom = from === null ? '' : ` from ${telling.agent(from)}`;
  switch (type) {
    case 'created':
      return created(facts, telling, who);
    case 'deflected':
      return { icon: 's-solved', who: '', text: 'The assistant answered, and that solved it' };
    case 'claimed':
      if (from === null) return { icon: 'person', who, text: 'claimed the ticket' };
      return { icon: 'person', who, text: `took the ticket over${ofFrom}` };
    case 'assigned':
      return { icon: 'person', who, text: `assigned it to ${told(agent, telling)}` };
    case 'released':
      return { icon: 's-new', tone: 's-new', who, text: 'released it to New' };
    case 'reopened':
      return { icon: 's-open', ...reopened(facts.text('why'), telling, who) };
    case 'solved':
      return solved(facts, telling, who);
    case 'closed':
      return { icon: 'lock', who: '', text: 'Closed for good: later mail makes a follow-up' };
    case 'followedUp':
      return { icon: 'right', who: '', text: `Goes on in ticket #${facts.text('ticket') ?? ''}` };
    case 'answerHeld':
      return {
        icon: 'stop',
        who: '',
        text:
          `No acknowledgement was sent: the address had got ${facts.text('lately') ?? 'many'} ` +
          'automatic mails within an hour, and two programs may be answering each other',
      };
    default:
      return null;
  }
};

const timerWords: Teller = (type, facts, telling, who) => {
  const due = when(facts.text('due') ?? facts.text('until') ?? facts.text('leaveAt'), telling);
  const why = facts.text('why');
  const reason = facts.text('reason');
  switch (type) {
    case 'pended': {
      const because = reason === null ? '' : `: ${reason}`;
      const set = who === '' ? 'Set' : 'set it';
      return { icon: 's-pending', who, text: `${set} to pending until ${due}${because}` };
    }
    case 'resumed':
      if (why === 'callback') {
        return { icon: 's-open', who: '', text: 'Returned to Open by the callback date' };
      }
      return { icon: 's-open', ...reopened(why, telling, who, 'returned it to Open') };
    case 'callbackCancelled':
      return { icon: 's-pending', who: '', text: `Callback on ${due} cancelled` };
    case 'autoSolveSet':
      return { icon: 'autosolve', who, text: `set auto-solve for ${due}` };
    case 'autoSolveCancelled':
      if (why === 'agent')
        return { icon: 'autosolve', who, text: `cancelled auto-solve on ${due}` };
      return {
        icon: 'autosolve',
        who: '',
        text: `Auto-solve on ${due} cancelled${because(why, telling)}`,
      };
    case 'sendCancelled':
      if (why === 'agent') return { icon: 'undo', who, text: 'took a mail back before it left' };
      return { icon: 'undo', who: '', text: `A planned mail was dropped${because(why, telling)}` };
    case 'queued':
      // The first time, the mail itself stands here; a line means that it goes again.
      return { icon: 'send', who, text: 'sent the mail again' };
    case 'sendMoved':
      return { icon: 'calendar', who, text: `moved a mail to ${due}` };
    default:
      return null;
  }
};

const detailWords: Teller = (type, facts, telling, who) => {
  const agent = told(facts.named('agent'), telling);
  const label = facts.named('label');
  switch (type) {
    case 'invited':
      return { icon: 'people', who, text: `invited ${agent}` };
    case 'uninvited':
      return { icon: 'people', who, text: `took ${agent} off the participants` };
    case 'teamChanged': {
      const team = facts.named('team');
      const to = team === null ? 'no team' : telling.team(team);
      return { icon: 'people', who, text: `moved it to ${to}` };
    }
    case 'labelled':
      return { icon: 'tag', who, text: `added the label ${label?.name ?? label?.id ?? ''}` };
    case 'unlabelled':
      return { icon: 'tag', who, text: `removed the label ${label?.name ?? label?.id ?? ''}` };
    case 'renamed':
      return { icon: 'pencil', who, text: 'changed the subject' };
    case 'reminded':
      if (facts.text('messageKind') !== 'delivery_failed') return QUIET_REMINDER;
      return { icon: 'bell', who: '', text: 'The failed mail made a reminder' };
    case 'rejected': {
      const reason = facts.text('reason') ?? '';
      return { icon: 'warn', who: '', text: `A command was refused: ${reason}` };
    }
    default:
      return null;
  }
};

const QUIET_REMINDER: EventWords = { icon: 'bell', who: '', text: 'A reminder was made' };

function created(facts: EntryFacts, telling: Telling, who: string): EventWords {
  const follows = facts.text('followUpOf');
  const after = follows === null ? '' : `, following up on #${follows}`;
  const via = facts.text('via');
  if (via === 'compose') return { icon: 'compose', who, text: `wrote to ${telling.customer}` };
  const how = via === 'form' ? 'through the contact form' : 'by mail';
  return { icon: 'mail', who: '', text: `${telling.customer} wrote ${how}${after}` };
}

function reopened(
  why: string | null,
  telling: Telling,
  who: string,
  ownWords = 'reopened it',
): { who: string; text: string } {
  switch (why) {
    case 'customer':
      return { who: '', text: `Returned to Open, because ${telling.customer} wrote` };
    case 'delivery':
      return { who: '', text: 'Returned to Open, because a mail was not delivered' };
    case 'reply':
      return { who, text: 'reopened it by answering' };
    default:
      return { who, text: ownWords };
  }
}

function solved(facts: EntryFacts, telling: Telling, who: string): EventWords {
  const look = { icon: 's-solved', tone: 's-solved' } as const;
  const solver = facts.text('solver');
  if (solver === 'auto') return { ...look, who: '', text: 'Solved by the auto-solve date' };
  if (solver === 'assistant') return { ...look, who: '', text: 'Solved by the assistant' };
  // After "send and solve" a timer does it, for the agent who asked.
  const agent = facts.named('agent');
  const by = agent === null ? who || 'Operations' : telling.agent(agent);
  if (facts.text('summarySkipped') === 'too_many') {
    return { ...look, who: by, text: 'solved it; no summary, after too many automatic mails' };
  }
  if (facts.text('summarySkipped') !== null) {
    return { ...look, who: by, text: 'solved it; no summary, since nobody would read it' };
  }
  const summary = facts.flag('summary') ? ' and sent a summary' : ', no summary';
  return { ...look, who: by, text: `solved it${summary}` };
}

function because(why: string | null, telling: Telling): string {
  if (why === 'customer') return `, because ${telling.customer} wrote`;
  if (why === 'solved') return ', because the ticket was solved';
  return why === 'released' ? ', because the ticket was released' : '';
}

function actor(entry: EventEntry, telling: Telling): string {
  const by = entry.by;
  if (by.kind === 'operations') return 'Operations';
  if (by.kind === 'customer') return telling.customer;
  if (by.kind === 'assistant') return 'The assistant';
  return by.id === undefined ? '' : telling.agent(by);
}

function told(agent: { id?: string; name?: string } | null, telling: Telling): string {
  if (agent === null) return 'somebody';
  const name = telling.agent(agent);
  return name === 'You' ? 'you' : name;
}

function when(at: string | null, { now, say }: Telling): string {
  return at === null ? 'a date' : say.dates.planned(at, now);
}
