import { openSmtpDialogue } from '../../mail/testing/smtp-dialogue.ts';
import type { Caller } from './caller.ts';
import { eventually } from './eventually.ts';
import { contract } from './product.ts';

/** A mail as a customer's program would send it; what a test does not say is made up. */
export interface Letter {
  from?: string;
  to: string;
  subject?: string;
  messageId?: string;
  inReplyTo?: string;
  references?: string[];
  text?: string;
  /** More header lines, each as `Name: value`. */
  headers?: string[];
  /** The whole body with its own type, instead of `text`. */
  body?: { contentType: string; content: string };
  /** '' is the null sender; default: as in `from`. */
  envelopeFrom?: string;
  /** Default: as in `to`. */
  recipients?: string[];
}

/** A row of the ledger, `GET /mails`. */
export interface LedgerRow {
  id: string;
  receivedAt: string;
  messageId: string | null;
  from: { name: string; email: string };
  subject: string;
  outcome: string;
  reason: string;
  automatic: boolean;
  ticket: number | null;
}

let letters = 0;

export function newMessageId(): string {
  letters += 1;
  return `letter-${letters}-${process.pid}-${Date.now()}@brightmail.test`;
}

/** The bytes of a letter, with the Message-ID that it goes by. */
export function rawOf(letter: Letter): { raw: string; messageId: string } {
  const messageId = letter.messageId ?? newMessageId();
  const { body } = letter;
  const lines = [
    `From: ${letter.from ?? 'Eleanor Hughes <eleanor@brightmail.test>'}`,
    `To: ${letter.to}`,
    `Subject: ${letter.subject ?? 'A cracked lamp'}`,
    `Message-ID: <${messageId}>`,
    'Date: Thu, 19 Nov 2026 16:20:00 +0000',
    'MIME-Version: 1.0',
    ...(letter.inReplyTo === undefined ? [] : [`In-Reply-To: <${letter.inReplyTo}>`]),
    ...(letter.references ? [`References: ${bracketed(letter.references)}`] : []),
    ...(letter.headers ?? []),
    `Content-Type: ${body?.contentType ?? 'text/plain; charset=utf-8'}`,
    '',
    body?.content ?? letter.text ?? 'The shade arrived with a crack.',
    '',
  ];
  return { raw: lines.join('\r\n').replace(/\r?\n/g, '\r\n'), messageId };
}

function bracketed(ids: readonly string[]): string {
  return ids.map((id) => `<${id}>`).join(' ');
}

/** Hands the bytes over by SMTP. Answers with what the server said after DATA. */
export async function handOver(
  raw: string,
  envelope: { from: string; to: readonly string[] },
  port = contract.smtpPort,
): Promise<string> {
  const dialogue = await openSmtpDialogue(port);
  try {
    for (const line of [
      `MAIL FROM:<${envelope.from}> BODY=8BITMIME`,
      ...envelope.to.map((address) => `RCPT TO:<${address}>`),
      'DATA',
    ]) {
      const reply = await dialogue.say(line);
      if (!/^[23]/.test(reply)) return reply;
    }
    dialogue.write(raw.replace(/^\./gm, '..'));
    return await dialogue.say(raw.endsWith('\r\n') ? '.' : '\r\n.');
  } finally {
    dialogue.close();
  }
}

/** Sends a letter, which has to be taken, and answers with its Message-ID. */
export async function send(letter: Letter): Promise<string> {
  const { raw, messageId } = rawOf(letter);
  const from = letter.envelopeFrom ?? addressIn(letter.from ?? 'eleanor@brightmail.test');
  const reply = await handOver(raw, { from, to: letter.recipients ?? [addressIn(letter.to)] });
  if (!reply.startsWith('250')) throw new Error(`the letter was answered with ${reply}`);
  return messageId;
}

/** Sends a letter and waits for its row in the ledger with an outcome. */
export async function write(desk: Caller, letter: Letter): Promise<LedgerRow> {
  const messageId = await send(letter);
  return outcomeOf(desk, messageId);
}

/** The newest row of a Message-ID, once its outcome is known. */
export async function outcomeOf(
  desk: Caller,
  messageId: string,
  fits: (row: LedgerRow) => boolean = () => true,
): Promise<LedgerRow> {
  return eventually(`an outcome of ${messageId}`, async () => {
    const { body } = await desk.done('GET', '/mails?limit=200');
    const rows: LedgerRow[] = body.items;
    return rows.find(
      (row) => row.messageId === messageId && row.outcome !== 'pending' && fits(row),
    );
  });
}

/** The number of a new ticket that this letter begins. */
export async function newTicket(desk: Caller, letter: Letter): Promise<number> {
  const { ticket, outcome, reason } = await write(desk, letter);
  if (outcome === 'new_ticket' && ticket !== null) return ticket;
  throw new Error(`the letter began no ticket: ${outcome}, ${reason}`);
}

/** The id of a mail that is parked as a loop: the mailbox's own mail coming back to it. */
export async function parkedMail(desk: Caller, address: string): Promise<string> {
  const row = await write(desk, { to: address, from: address, envelopeFrom: address });
  if (row.outcome !== 'parked') throw new Error(`the mail was not parked but ${row.outcome}`);
  return row.id;
}

export function addressIn(field: string): string {
  return /[^<\s]+@[^>\s]+/.exec(field)?.[0] ?? '';
}
