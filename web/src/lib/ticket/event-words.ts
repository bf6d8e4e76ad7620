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

/** An agent as an entry knows them: an id, a name, or both. */
export interface ToldAgent {
  id?: string;
  name?: string;
}

/** What names and dates an event is told with. */
export interface Telling {
  /** As the one who does it: "You", a colleague's name. */
  agent: (agent: ToldAgent) => string;
  /** As the one that it is done to: "you", a colleague's name. */
  toAgent: (agent: ToldAgent) => string;
  team: (team: { id?: string; name?: string }) => string;
  /** Whom a mail of the ticket goes to now; null when that is not known. */
  recipients: (message: string) => string | null;
  customer: string;
  now: number;
  say: Speech;
}

/** Shown by the mail or note itself, or only of use to a machine. */
const SILENT = new Set([
  'received',
  'exchanged',
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
    assistantWords(entry.type, facts, telling, who) ??
    detailWords(entry.type, facts, telling, who);
  if (words !== null) return words;
  return { icon: 'more', who: '', text: entry.type };
}

type Teller = (type: string, facts: EntryFacts, telling: Telling, who: string) => EventWords | null;

const lifecycleWords: Teller = (type, facts, telling, who) => {
  const { history } = telling.say.t;
  const agent = facts.named('agent');
  const from = facts.named('from');
  switch (type) {
    case 'created':
      return created(facts, telling, who);
    case 'deflected':
      return { icon: 's-solved', who: '', text: history.deflected };
    case 'claimed':
      if (from === null) return { icon: 'person', who, text: history.claimed };
      return { icon: 'person', who, text: history.tookOver(telling.toAgent(from)) };
    case 'assigned':
      return { icon: 'person', who, text: history.assigned(told(agent, telling)) };
    case 'released':
      return { icon: 's-new', tone: 's-new', who, text: history.released };
    case 'reopened':
      return { icon: 's-open', ...reopened(facts.text('why'), telling, who, history.reopened) };
    case 'solved':
      return solved(facts, telling, who);
    case 'closed':
      return { icon: 'lock', who: '', text: history.closed };
    case 'followedUp':
      return { icon: 'right', who: '', text: history.goesOnIn(facts.text('ticket') ?? '') };
    case 'answerHeld':
      return { icon: 'stop', who: '', text: history.answerHeld(facts.text('lately')) };
    default:
      return null;
  }
};

const timerWords: Teller = (type, facts, telling, who) => {
  const { history } = telling.say.t;
  const due = when(facts.text('due') ?? facts.text('until') ?? facts.text('leaveAt'), telling);
  const why = facts.text('why');
  const reason = facts.text('reason');
  switch (type) {
    case 'pended': {
      const set = who === '' ? history.pendedByItself(due) : history.pended(due);
      return { icon: 's-pending', who, text: reason === null ? set : `${set}: ${reason}` };
    }
    case 'resumed':
      if (why === 'callback') return { icon: 's-open', who: '', text: history.resumedByCallback };
      return { icon: 's-open', ...reopened(why, telling, who, history.resumed) };
    case 'callbackCancelled':
      return { icon: 's-pending', who: '', text: history.callbackCancelled(due) };
    case 'autoSolveSet':
      return { icon: 'autosolve', who, text: history.autoSolveSet(due) };
    case 'autoSolveCancelled': {
      if (why === 'agent')
        return { icon: 'autosolve', who, text: history.autoSolveCancelledBy(due) };
      const text = history.autoSolveCancelled(due) + because(why, telling);
      return { icon: 'autosolve', who: '', text };
    }
    case 'sendCancelled':
      if (why === 'agent') return { icon: 'undo', who, text: history.takenBack };
      return { icon: 'undo', who: '', text: history.dropped + because(why, telling) };
    case 'resent': {
      // The first time, the mail itself stands here; a line means that it goes again.
      const to = telling.recipients(facts.text('message') ?? '');
      return { icon: 'send', who, text: to === null ? history.resent : history.resentTo(to) };
    }
    case 'sendMoved':
      return { icon: 'calendar', who, text: history.movedMail(due) };
    default:
      return null;
  }
};

const assistantWords: Teller = (type, facts, { say }) => {
  const { history } = say.t;
  const look = { icon: 'book', who: '' } as const;
  const reason = facts.text('reason');
  const known = Object.entries(history.handOverReasons).find(([name]) => name === reason);
  const because = known?.[1] ?? history.someReason;
  switch (type) {
    case 'assistantAsked':
      return { ...look, text: history.assistantAsked };
    case 'assistantAnswered':
      return { ...look, text: history.assistantAnswered };
    case 'assistantSuggested':
      if (reason === null) return { ...look, text: history.assistantSuggested };
      return { ...look, text: history.assistantKept(because) };
    case 'assistantHandedOver':
      return { ...look, text: history.assistantHandedOver(because) };
    default:
      return null;
  }
};

const detailWords: Teller = (type, facts, telling, who) => {
  const { history } = telling.say.t;
  const agent = told(facts.named('agent'), telling);
  const label = facts.named('label');
  const labelName = label?.name ?? label?.id ?? '';
  switch (type) {
    case 'invited':
      return { icon: 'people', who, text: history.invited(agent) };
    case 'uninvited':
      return { icon: 'people', who, text: history.uninvited(agent) };
    case 'teamChanged': {
      const team = facts.named('team');
      const to = team === null ? history.noTeam : telling.team(team);
      return { icon: 'people', who, text: history.movedTo(to) };
    }
    case 'labelled':
      return { icon: 'tag', who, text: history.labelled(labelName) };
    case 'unlabelled':
      return { icon: 'tag', who, text: history.unlabelled(labelName) };
    case 'renamed': {
      const subject = facts.text('subject');
      const text = subject === null ? history.renamed : history.renamedTo(subject);
      return { icon: 'pencil', who, text };
    }
    case 'rated':
      return { icon: 'mark', who, text: ratedWords(facts, telling) };
    case 'reminded': {
      const failed = facts.text('messageKind') === 'delivery_failed';
      return { icon: 'bell', who: '', text: failed ? history.failedMailReminds : history.reminded };
    }
    case 'rejected':
      return { icon: 'warn', who: '', text: history.rejected(facts.text('reason') ?? '') };
    default:
      return null;
  }
};

function created(facts: EntryFacts, telling: Telling, who: string): EventWords {
  const { history } = telling.say.t;
  const follows = facts.text('followUpOf');
  const after = follows === null ? '' : history.followingUp(follows);
  const via = facts.text('via');
  if (via === 'compose') return { icon: 'compose', who, text: history.wroteTo(telling.customer) };
  if (via === 'deflect')
    return { icon: 'book', who: '', text: history.askedOnAPage(telling.customer) };
  const how = via === 'form' ? history.wroteByForm : history.wroteByMail;
  return { icon: 'mail', who: '', text: how(telling.customer) + after };
}

function reopened(
  why: string | null,
  { customer, say }: Telling,
  who: string,
  ownWords: string,
): { who: string; text: string } {
  const { history } = say.t;
  switch (why) {
    case 'customer':
      return { who: '', text: history.resumedByCustomer(customer) };
    case 'delivery':
      return { who: '', text: history.resumedByDelivery };
    case 'reply':
      return { who, text: history.reopenedByReply };
    default:
      return { who, text: ownWords };
  }
}

function solved(facts: EntryFacts, telling: Telling, who: string): EventWords {
  const { history } = telling.say.t;
  const look = { icon: 's-solved', tone: 's-solved' } as const;
  const solver = facts.text('solver');
  if (solver === 'auto') return { ...look, who: '', text: history.solvedByAutoSolve };
  if (solver === 'customer') return { ...look, who, text: history.solvedByCustomer };
  if (solver === 'assistant') return { ...look, who: '', text: history.solvedByAssistant };
  // After "send and solve" a timer does it, for the agent who asked.
  const agent = facts.named('agent');
  const by = agent === null ? who || history.operations : telling.agent(agent);
  const skipped = facts.text('summarySkipped');
  if (skipped === 'too_many') return { ...look, who: by, text: history.solvedTooMany };
  if (skipped !== null) return { ...look, who: by, text: history.solvedNobodyReads };
  const text = facts.flag('summary') ? history.solvedWithSummary : history.solved;
  return { ...look, who: by, text };
}

function ratedWords(facts: EntryFacts, { say }: Telling): string {
  const { rated, ratedWith } = say.t.history;
  const score = facts.text('score');
  const rating = rated[score === 'good' || score === 'okay' ? score : 'bad'];
  const comment = facts.text('comment');
  return comment === null ? rating : ratedWith(rating, comment);
}

function because(why: string | null, { customer, say }: Telling): string {
  const { history } = say.t;
  if (why === 'customer') return history.becauseCustomer(customer);
  if (why === 'solved') return history.becauseSolved;
  return why === 'released' ? history.becauseReleased : '';
}

function actor(entry: EventEntry, telling: Telling): string {
  const { by } = entry;
  const { history } = telling.say.t;
  if (by.kind === 'operations') return history.operations;
  if (by.kind === 'customer') return telling.customer;
  if (by.kind === 'assistant') return history.assistant;
  return by.id === undefined ? '' : telling.agent(by);
}

function told(agent: ToldAgent | null, telling: Telling): string {
  return agent === null ? telling.say.t.history.somebody : telling.toAgent(agent);
}

function when(at: string | null, { now, say }: Telling): string {
  return at === null ? say.t.history.aDate : say.dates.planned(at, now);
}
