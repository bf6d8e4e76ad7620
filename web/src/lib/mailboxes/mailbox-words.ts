/** What an admin reads of a mailbox: how it is, how its mail travels, what a test has shown. */
import type { Direction, MailboxSettings, ServerShown, TriedStep } from '../api/mailbox-types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';

/** A folder is looked at each minute at the latest; a round of much mail takes longer. */
const STALE_AFTER_MS = 10 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

export interface HealthWords {
  icon: IconName;
  tone: string;
  word: string;
  /** Each with its exact time, for a title. */
  facts: { text: string; at: string | null }[];
  /** What is wrong, with the server's own words. */
  said: string | null;
}

/** How the mailbox is: a word, and since when. */
export function healthOf(mailbox: MailboxSettings, now: number, say: Speech): HealthWords {
  const { incoming, health } = mailbox;
  const words = say.t.mailboxes.health;
  if (!incoming) {
    return calm('in', words.receives, [{ text: words.receivesHint, at: null }]);
  }
  if (!incoming.enabled) {
    return calm('s-pending', words.paused, [{ text: words.pausedHint, at: null }]);
  }
  if (!health || (health.lastFetchAt === null && health.error === null)) {
    return calm('s-pending', words.fresh, [{ text: words.freshHint, at: null }]);
  }
  const { lastFetchAt, lastMailAt, error, step, since, nextTryAt } = health;
  const fetched = fact(words.lastFetched, lastFetchAt, { now, say }, words.neverFetched);
  if (error !== null) {
    const word = words.failing(faultWords(step, say));
    const facts = [
      ...(since === null ? [] : [{ text: failingFor(since, { now, say }), at: since }]),
      fetched,
      ...(nextTryAt === null ? [] : [{ text: nextTry(nextTryAt, { now, say }), at: nextTryAt }]),
    ];
    return { icon: 's-failed', tone: 's-failed', word, facts, said: error };
  }
  const facts = [fetched, fact(words.lastMail, lastMailAt, { now, say }, words.noMail)];
  if (lastFetchAt !== null && now - Date.parse(lastFetchAt) > STALE_AFTER_MS) {
    const word = words.stale;
    const stale = [...facts, { text: words.staleHint, at: null }];
    return { icon: 's-uncertain', tone: 's-uncertain', word, facts: stale, said: null };
  }
  return calm('check', words.works, facts);
}

function calm(icon: IconName, word: string, facts: HealthWords['facts']): HealthWords {
  return { icon, tone: '', word, facts, said: null };
}

interface Told {
  now: number;
  say: Speech;
}

function fact(
  words: (ago: string) => string,
  at: string | null,
  { now, say }: Told,
  never: string,
) {
  return { text: at === null ? never : words(say.dates.ago(at, now)), at };
}

function failingFor(since: string, { now, say }: Told): string {
  return say.t.mailboxes.health.failingFor(say.dates.duration(now - Date.parse(since)));
}

function nextTry(at: string, { now, say }: Told): string {
  const leftMs = Date.parse(at) - now;
  const words = say.t.mailboxes.health;
  if (leftMs <= 0) return words.tryingNow;
  return leftMs < MINUTE_MS ? words.triedSoon : words.triedIn(say.dates.duration(leftMs));
}

function faultWords(step: string | null, { t }: Speech): string {
  const faults: { [step: string]: string } = t.mailboxes.faults;
  return faults[step ?? ''] ?? t.mailboxes.unreadable;
}

/** How the mailbox's mail comes in and goes out, in a few words each. */
export function waysOf(
  { incoming, outgoing }: MailboxSettings,
  { t }: Speech,
): Record<Direction, string> {
  return {
    incoming: incoming ? `IMAP ${placeOf(incoming, t)}` : t.mailboxes.ownReceiver,
    outgoing: outgoing ? `SMTP ${placeOf(outgoing, t)}` : t.mailboxes.desksServer,
  };
}

function placeOf(
  { host, port, tls, enabled }: ServerShown,
  { mailboxes: words }: Speech['t'],
): string {
  const paused = enabled ? '' : words.pausedPlace;
  return `${host}:${port}, ${words.tls[tls]}${paused}`;
}

/** What to do about a step that failed. */
export function adviceFor(
  { step, direction }: TriedStep,
  mailbox: MailboxSettings,
  { t }: Speech,
): string {
  const advice = t.mailboxes.advice[step];
  if (direction === 'incoming' || mailbox.outgoing) return advice;
  return t.mailboxes.adviceForDesk(advice);
}

export interface TestedWay {
  direction: Direction;
  title: string;
  steps: TriedStep[];
}

/** The steps of a test under what was tried with them. */
export function testedWays(
  mailbox: MailboxSettings,
  steps: readonly TriedStep[],
  say: Speech,
): TestedWay[] {
  const words = say.t.mailboxes;
  const ways = waysOf(mailbox, say);
  const titles = {
    incoming: words.reading(ways.incoming),
    outgoing: words.sending(ways.outgoing),
  };
  return (['incoming', 'outgoing'] as const)
    .map((direction) => ({
      direction,
      title: titles[direction],
      steps: steps.filter((step) => step.direction === direction),
    }))
    .filter((way) => way.steps.length > 0);
}

/** What a test has shown, in one sentence. */
export function verdictOf(
  steps: readonly TriedStep[],
  say: Speech,
): { ok: boolean; words: string } {
  const { allWell, readingFails, sendingFails } = say.t.mailboxes;
  const failed = steps.filter((step) => !step.ok);
  if (failed.length === 0) return { ok: true, words: allWell };
  const fails = { incoming: readingFails, outgoing: sendingFails };
  const words = failed.map((step) => fails[step.direction](faultWords(step.step, say)));
  return { ok: false, words: `${words.join('. ')}.` };
}

/** What is being tried, while it is. */
export function tryingWords(mailbox: MailboxSettings, say: Speech): string {
  const { trying, tryingBoth } = say.t.mailboxes;
  const ways = waysOf(mailbox, say);
  return mailbox.incoming ? tryingBoth(ways.incoming, ways.outgoing) : trying(ways.outgoing);
}
