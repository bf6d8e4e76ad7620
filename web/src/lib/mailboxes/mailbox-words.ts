/** What an admin reads of a mailbox: how it is, how its mail travels, what a test has shown. */
import type {
  Direction,
  MailboxSettings,
  ServerShown,
  TestedStep,
  Tls,
  TriedStep,
} from '../api/mailbox-types.ts';
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
  if (!incoming) {
    const text = 'Mail comes to this desk by itself; there is nothing to fetch.';
    return calm('in', 'Takes mail here', [{ text, at: null }]);
  }
  if (!incoming.enabled) {
    const text = 'Its settings are kept, and nothing is fetched.';
    return calm('s-pending', 'Paused', [{ text, at: null }]);
  }
  if (!health || (health.lastFetchAt === null && health.error === null)) {
    const text = 'The first fetch is about to begin.';
    return calm('s-pending', 'Not fetched yet', [{ text, at: null }]);
  }
  const { lastFetchAt, lastMailAt, error, step, since, nextTryAt } = health;
  const fetched = fact('Last fetched', lastFetchAt, { now, say }, 'Never fetched');
  if (error !== null) {
    const word = `Failing: ${faultWords(step)}`;
    const facts = [
      ...(since === null ? [] : [{ text: failingFor(since, { now, say }), at: since }]),
      fetched,
      ...(nextTryAt === null ? [] : [{ text: nextTry(nextTryAt, { now, say }), at: nextTryAt }]),
    ];
    return { icon: 's-failed', tone: 's-failed', word, facts, said: error };
  }
  const facts = [fetched, fact('Last mail', lastMailAt, { now, say }, 'No mail yet')];
  if (lastFetchAt !== null && now - Date.parse(lastFetchAt) > STALE_AFTER_MS) {
    const word = 'Not fetched for a while';
    const text = 'See that the process that takes mail in runs.';
    const stale = [...facts, { text, at: null }];
    return { icon: 's-uncertain', tone: 's-uncertain', word, facts: stale, said: null };
  }
  return calm('check', 'Works', facts);
}

function calm(icon: IconName, word: string, facts: HealthWords['facts']): HealthWords {
  return { icon, tone: '', word, facts, said: null };
}

interface Told {
  now: number;
  say: Speech;
}

function fact(words: string, at: string | null, { now, say }: Told, never: string) {
  return { text: at === null ? never : `${words} ${say.dates.ago(at, now)}`, at };
}

function failingFor(since: string, { now, say }: Told): string {
  return `Failing for ${say.dates.duration(now - Date.parse(since))}`;
}

function nextTry(at: string, { now, say }: Told): string {
  const leftMs = Date.parse(at) - now;
  if (leftMs <= 0) return 'Being tried again';
  return leftMs < MINUTE_MS
    ? 'Tried again within a minute'
    : `Tried again in ${say.dates.duration(leftMs)}`;
}

const FAULTS: { [step: string]: string } = {
  settings: 'its settings cannot be read',
  dns: 'the host has no address',
  connection: 'no connection',
  tls: 'no safe connection',
  login: 'login refused',
  folder: 'the folder cannot be used',
  sender: 'sender refused',
  relay: 'relay refused',
} satisfies Record<TestedStep, string>;

function faultWords(step: string | null): string {
  return FAULTS[step ?? ''] ?? 'it cannot be read';
}

export const TLS_WORDS: Record<Tls, string> = {
  implicit: 'TLS',
  starttls: 'STARTTLS',
  none: 'not encrypted',
};

/** How the mailbox's mail comes in and goes out, in a few words each. */
export function waysOf({ incoming, outgoing }: MailboxSettings): Record<Direction, string> {
  return {
    incoming: incoming ? `IMAP ${placeOf(incoming)}` : 'this desk’s own receiver',
    outgoing: outgoing ? `SMTP ${placeOf(outgoing)}` : 'the desk’s server',
  };
}

function placeOf({ host, port, tls, enabled }: ServerShown): string {
  const paused = enabled ? '' : ', paused';
  return `${host}:${port}, ${TLS_WORDS[tls]}${paused}`;
}

export const STEP_WORDS: Record<TestedStep, string> = {
  settings: 'Settings',
  dns: 'Host name',
  connection: 'Connection',
  tls: 'Encryption',
  login: 'Login',
  folder: 'Folder',
  sender: 'Sender',
  relay: 'Recipient',
};

const ADVICE: Record<TestedStep, string> = {
  settings: 'Open Edit and type the password or the token again.',
  dns: 'Check the spelling of the host, and that this machine’s name servers know it.',
  connection: 'Check host and port, and that no firewall stands between this desk and the server.',
  tls: 'Check that encryption and port fit: 993 and 465 take TLS, 143 and 587 STARTTLS.',
  login:
    'Check login and password. Many providers want a password for programs, or OAuth2 instead.',
  folder: 'Check the folder’s name: it is spelled as the server has it.',
  sender: 'Let this login send from the mailbox’s address, in the settings of the provider.',
  relay: 'Let the server take mail for others from this desk: with a login, or by its address.',
};

/** What to do about a step that failed. */
export function adviceFor({ step, direction }: TriedStep, mailbox: MailboxSettings): string {
  if (direction === 'incoming' || mailbox.outgoing) return ADVICE[step];
  return `${ADVICE[step]} It is the desk’s own server: SMTP_URL names it.`;
}

export interface TestedWay {
  direction: Direction;
  title: string;
  steps: TriedStep[];
}

/** The steps of a test under what was tried with them. */
export function testedWays(mailbox: MailboxSettings, steps: readonly TriedStep[]): TestedWay[] {
  const ways = waysOf(mailbox);
  const titles = {
    incoming: `Reading: ${ways.incoming}`,
    outgoing: `Sending: ${ways.outgoing}`,
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
export function verdictOf(steps: readonly TriedStep[]): { ok: boolean; words: string } {
  const failed = steps.filter((step) => !step.ok);
  const [first] = failed;
  if (first === undefined) return { ok: true, words: 'All is well. No mail was taken or sent.' };
  const what = { incoming: 'Reading', outgoing: 'Sending' } as const;
  const words = failed.map((step) => `${what[step.direction]} fails: ${faultWords(step.step)}`);
  return { ok: false, words: `${words.join('. ')}.` };
}

/** What is being tried, while it is. */
export function tryingWords(mailbox: MailboxSettings): string {
  const ways = waysOf(mailbox);
  const sending = `sending by ${ways.outgoing}`;
  return mailbox.incoming ? `Trying ${ways.incoming}, and ${sending}` : `Trying ${sending}`;
}
