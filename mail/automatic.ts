import { type HeaderFields, firstValue } from './header-block.ts';
import type { MailHeaders } from './headers.ts';

export interface Automatic {
  /**
   * `report`: a delivery report. `answer`: what a program writes back (out of office, receipt), so
   * in a conversation it means nothing. `notice`: a program begins a conversation (alert, order).
   * `bulk`: sent to many or through a list; a person may have written it.
   */
  kind: 'report' | 'answer' | 'notice' | 'bulk';
  /** Why, in words for the ledger. */
  reason: string;
}

/** The return path; null when it is not known (a mail fetched from a mailbox). */
export interface ReturnPath {
  from: string | null;
}

/** Fields that only programs which answer by themselves set. */
const ANSWER_FIELDS = [
  ...['x-autoreply', 'x-auto-reply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from'],
  ...['x-auto-reply-from', 'x-mail-autoreply', 'x-autoreply-domain', 'x-vacation', 'x-away'],
  ...['x-ebay-mailtracker-autoreply', 'x-php-autoresponder', 'auto-reply'],
];

/** As mail programs and people begin the subject of an absence note, in the languages we know. */
const ANSWER_SUBJECT = new RegExp(
  `^(?:(?:re|aw|sv|vs|res?)\\s*:\\s*)*(?:${[
    ...['automatic reply', 'auto(?:matic)?[ -]?(?:reply|response|answer)', 'auto\\s*:', 'vacation'],
    ...["(?:i am |i’m |i'm )?(?:currently )?out of (?:the )?office", 'away from (?:the|my) office'],
    ...['automatische antwort', 'autom\\. antwort', 'abwesenheit', 'abwesend', 'nicht im b[üu]ro'],
    ...['r[ée]ponse automatique', 'absence du bureau', 'absent du bureau', "message d['’]absence"],
    ...['respuesta autom[áa]tica', 'fuera de (?:la )?oficina', 'ausente de la oficina'],
    ...[
      'autosvar',
      'automatiskt? svar',
      'fr[åa]nvaro',
      'fr[åa]nvarande',
      'frav[æa]r',
      'ikke til stede',
    ],
    ...['automatisch antwoord', 'afwezig', 'niet aanwezig', 'risposta automatica', 'fuori sede'],
    ...['resposta autom[áa]tica', 'poissaolo', 'automaattinen vastaus'],
  ].join('|')})`,
  'i',
);

const UNREAD_SENDER =
  /^(?:no-?_?reply|do-?_?not-?_?reply|nobody|mailer-daemon|daemon)(?:[+._-].*)?@/;

/**
 * Whether a program wrote this mail (RFC 3834, 5; the fields of Exchange, lists and vendors), so
 * that no program may answer it. Null for a mail that looks like a person's.
 */
export function readAutomatic(headers: MailHeaders, envelope: ReturnPath): Automatic | null {
  const { raw } = headers;
  return (
    reportOf(raw) ??
    answerOf(headers, envelope) ??
    noticeOf(raw) ??
    bulkOf(raw) ??
    senderOf(headers)
  );
}

function reportOf(raw: HeaderFields): Automatic | null {
  const type = firstValue(raw, 'content-type').toLowerCase();
  if (!type.startsWith('multipart/report')) return null;
  return type.includes('disposition-notification')
    ? { kind: 'answer', reason: 'a read receipt' }
    : { kind: 'report', reason: 'a delivery report' };
}

function answerOf({ raw, subject }: MailHeaders, { from }: ReturnPath): Automatic | null {
  const autoSubmitted = keyword(raw, 'auto-submitted');
  if (autoSubmitted === 'auto-replied') return answer('Auto-Submitted: auto-replied');
  const field = ANSWER_FIELDS.find((name) => isYes(raw, name));
  if (field !== undefined) return answer(`it has ${field}`);
  if (keyword(raw, 'precedence') === 'auto_reply') return answer('Precedence: auto_reply');
  if (ANSWER_SUBJECT.test(subject) && autoSubmitted !== 'no') {
    return answer('its subject is that of an absence note');
  }
  const isNull = from === '' || firstValue(raw, 'return-path') === '<>';
  return isNull ? answer('it has an empty return path') : null;
}

function answer(why: string): Automatic {
  return { kind: 'answer', reason: `an automatic answer: ${why}` };
}

function noticeOf(raw: HeaderFields): Automatic | null {
  const autoSubmitted = keyword(raw, 'auto-submitted');
  if (autoSubmitted !== '' && autoSubmitted !== 'no') {
    return { kind: 'notice', reason: `written by a program: Auto-Submitted: ${autoSubmitted}` };
  }
  // DR, RN and NRN only ask for no receipts, as people's mail programs do.
  const suppressed = firstValue(raw, 'x-auto-response-suppress');
  if (/\b(?:all|oof|autoreply)\b/i.test(suppressed)) {
    return { kind: 'notice', reason: 'written by a program: X-Auto-Response-Suppress' };
  }
  return null;
}

function bulkOf(raw: HeaderFields): Automatic | null {
  const precedence = keyword(raw, 'precedence');
  if (['bulk', 'junk', 'list'].includes(precedence)) {
    return { kind: 'bulk', reason: `sent to many: Precedence: ${precedence}` };
  }
  for (const name of raw.keys()) {
    if (name.startsWith('list-')) return { kind: 'bulk', reason: `sent to many: it has ${name}` };
  }
  return null;
}

function senderOf({ from }: MailHeaders): Automatic | null {
  if (!from || !UNREAD_SENDER.test(from.address)) return null;
  return { kind: 'notice', reason: `written by a program: nobody reads ${from.address}` };
}

/** The first word of a field in lower case, without comments and parameters. */
function keyword(raw: HeaderFields, name: string): string {
  return /^[\w-]+/.exec(firstValue(raw, name).toLowerCase())?.[0] ?? '';
}

function isYes(raw: HeaderFields, name: string): boolean {
  return raw.has(name) && !['no', 'false', '0'].includes(keyword(raw, name));
}
