import { normaliseAddress } from './address.ts';
import type { ReturnPath } from './automatic.ts';
import { cleanLine } from './clean-text.ts';
import { firstValue } from './header-block.ts';
import { type MailHeaders, readHeaders } from './headers.ts';
import { BOUNCE_TEXT_CHARS_MAX, SERVER_WORDS_CHARS_MAX } from './limits.ts';
import { readMessageIds } from './message-id.ts';
import type { ParsedMail } from './parse.ts';

/** What is looked at of a parsed mail. */
type ParsedReport = Pick<ParsedMail, 'text' | 'report'>;

/** What a server tells about a mail of ours (RFC 3464, and what others write in free form). */
export interface Bounce {
  /** `failed` is for good; `delayed` still tries; the others are good news. */
  action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status code such as `5.1.1`; null when none is named. */
  status: string | null;
  /** Lower case; null when none is named. */
  recipient: string | null;
  /** The server's words; '' when it gives none. */
  diagnostic: string;
  /** The mail that it is about, without brackets; null when it cannot be told. */
  originalMessageId: string | null;
}

/** Why the other side did not take a mail, in its words or by its code; null when it gave none. */
export function wordsOf(bounce: Bounce | null): string | null {
  const { diagnostic = '', status = null } = bounce ?? {};
  if (diagnostic !== '') return cleanLine(diagnostic, SERVER_WORDS_CHARS_MAX);
  return status === null ? null : `status ${status}`;
}

const SENDER =
  /^(?:mailer-daemon|mail-?daemon|postmaster|mail-?delivery-?(?:subsystem|system)|microsoftexchange[0-9a-f]*|bounces?|ndr)(?:[+.=_-].*)?@/;

const SUBJECT = new RegExp(
  [
    ...['undeliver(?:ed|able)', 'delivery (?:status notification|failure|has failed|problem)'],
    ...['(?:mail|message) delivery (?:failed|failure|system)', 'returned (?:mail|to sender)'],
    ...['failure notice', 'delivery report', 'could not be delivered', 'not delivered'],
    ...['(?:warning|delayed|delay).*(?:mail|message|delivery)', 'unzustellbar', 'nicht zugestellt'],
    ...['zustellung', 'non remis', '[ée]chec de la remise', 'no se puede entregar', 'no entregado'],
    ...['remise impossible', 'entrega fallida', 'devuelto al remitente', 'kan inte levereras'],
    ...['olevererbart', 'kunde inte levereras', '(?:kunne|kan) ikke leveres', 'onbestelbaar'],
    ...['niet (?:bezorgd|afgeleverd)', 'non recapitabile', 'mancat[ao] (?:recapito|consegna)'],
    ...[
      'falha na entrega',
      'n[ãa]o (?:foi )?entregue',
      'toimitus epäonnistui',
      'ei voitu toimittaa',
    ],
  ].join('|'),
  'i',
);

const DELAYED =
  /\b(?:delayed|will (?:continue to )?(?:be retried|try|retry|keep trying)|not yet (?:been )?delivered|warning message only|temporary (?:failure|problem)|verzögert|retardé|fördröjd|retrasado)\b/i;

/** Where the free form ends and the returned mail begins. */
const RETURNED_MAIL =
  /^.{0,20}(?:below this line is a copy of the message|this is a copy of (?:the|your) message|original message (?:follows|headers)|-{3,} ?original message|the header of the original message|returned message headers|transcript of session|message header follows).{0,80}$/im;

/** `because:` and the reason below it, as Domino writes it. */
const GIVEN_REASON =
  /^.{0,40}\b(?:because|reason|grund|raison|motivo|orsak)\s?:[ \t]*\n\s*(\S.{0,300})$/im;

/** Whether this is a delivery report, as far as headers tell. Read receipts are none. */
export function looksLikeReport(
  { raw, from, subject }: MailHeaders,
  envelope: ReturnPath,
): boolean {
  const type = firstValue(raw, 'content-type').toLowerCase();
  if (type.startsWith('multipart/report')) return !type.includes('disposition-notification');
  if (raw.has('x-failed-recipients')) return true;
  const isFromServer = from !== null && SENDER.test(from.address);
  const isNull = envelope.from === '' || firstValue(raw, 'return-path') === '<>';
  return (isFromServer || isNull) && SUBJECT.test(subject);
}

/** Reads a delivery report; null for any other mail. Never throws. */
export function readBounce(
  parsed: ParsedReport,
  headers: MailHeaders,
  envelope: ReturnPath,
): Bounce | null {
  if (!looksLikeReport(headers, envelope)) return null;
  const text = parsed.text.slice(0, BOUNCE_TEXT_CHARS_MAX);
  const { status } = parsed.report;
  const report = status === null ? null : readStatus(status);
  return {
    ...(report ?? readFreeForm(text, headers)),
    originalMessageId: originalOf(parsed, headers, text),
  };
}

/**
 * Whether a report says anything that only a machine says. A person can write from `postmaster@`,
 * too, that a mail could not be delivered.
 */
export function isTelling(bounce: Bounce, { report }: ParsedReport, { raw }: MailHeaders): boolean {
  if (report.status !== null || report.returned !== null) return true;
  return bounce.status !== null || bounce.diagnostic !== '' || raw.has('x-failed-recipients');
}

type Report = Omit<Bounce, 'originalMessageId'>;

/** RFC 3464, 2.1: a block of fields for the message, then one for each recipient. */
function readStatus(content: string): Report | null {
  const blocks = content
    .slice(0, BOUNCE_TEXT_CHARS_MAX)
    .split(/\r?\n[ \t]*\r?\n/)
    .map((block) => readHeaders(Buffer.from(`${block}\n\n`)).raw)
    .filter((fields) => fields.has('action') || fields.has('final-recipient'));
  const failed = blocks.find((fields) => /^failed/i.test(firstValue(fields, 'action')));
  const fields = failed ?? blocks[0];
  if (!fields) return null;
  const named = firstValue(fields, 'original-recipient') || firstValue(fields, 'final-recipient');
  const status = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(firstValue(fields, 'status'))?.[0] ?? null;
  return {
    action: actionOf(firstValue(fields, 'action'), status),
    status,
    recipient: normaliseAddress(afterType(named).replace(/^<|>$/g, '')),
    diagnostic: words(afterType(firstValue(fields, 'diagnostic-code'))),
  };
}

/** `rfc822; bo@b.example` and `smtp; 550 no such user` name their type first. */
function afterType(value: string): string {
  return value.replace(/^\s*[\w-]{1,40}\s*;\s*/, '');
}

function actionOf(value: string, status: string | null): Bounce['action'] {
  const action = value.trim().toLowerCase();
  const known = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
  const byStatus = status?.startsWith('4') ? 'delayed' : 'failed';
  return known.find((name) => action.startsWith(name)) ?? byStatus;
}

/** Exim, qmail, old sendmail, and whoever writes sentences instead of fields. */
function readFreeForm(text: string, { raw, subject }: MailHeaders): Report {
  const returned = RETURNED_MAIL.exec(text)?.index ?? text.length;
  const told = text.slice(0, returned);
  const line = told
    .split('\n')
    .find((candidate) => /\b[45]\d\d[ :-]|\b[45]\.\d\.\d/.test(candidate));
  const status = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(line ?? told)?.[0] ?? null;
  const isDelayed = status ? status.startsWith('4') : DELAYED.test(`${subject}\n${told}`);
  return {
    action: isDelayed ? 'delayed' : 'failed',
    status,
    recipient: recipientIn(firstValue(raw, 'x-failed-recipients')) ?? recipientIn(told),
    diagnostic: words(line ?? GIVEN_REASON.exec(told)?.[1] ?? ''),
  };
}

function recipientIn(text: string): string | null {
  for (const [found] of text.matchAll(/[\w.+'=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g)) {
    const address = normaliseAddress(found);
    if (address !== null && !SENDER.test(address)) return address;
  }
  return null;
}

/** By the returned mail or its headers, by what the text shows of them, or by what it answers. */
function originalOf(parsed: ParsedReport, headers: MailHeaders, text: string): string | null {
  const { returned } = parsed.report;
  const messageId = returned === null ? null : readHeaders(Buffer.from(returned)).messageId;
  if (messageId !== null) return messageId;
  const shown = /^[ \t>]*message-id:[ \t]*(<[^<>\s]{1,500}>)/im.exec(text)?.[1];
  const named = shown ?? firstValue(headers.raw, 'x-original-message-id');
  return readMessageIds(named)[0] ?? headers.inReplyTo ?? headers.references.at(-1) ?? null;
}

function words(text: string): string {
  return cleanLine(text, SERVER_WORDS_CHARS_MAX);
}
