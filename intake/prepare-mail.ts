import { teamOfMailbox } from '../database/queries/intake.ts';
import { findOutgoing, keepParsed } from '../database/queries/mail-rows.ts';
import type { NewMessage } from '../database/queries/mail-rows.ts';
import { setOutcome } from '../database/queries/ledger-outcome.ts';
import { together } from '../database/client.ts';
import type { CompanyTransaction } from '../database/client.ts';
import type { AttachmentRow, MailRow } from '../database/rows.ts';
import { readBounce } from '../mail/bounce.ts';
import type { Bounce } from '../mail/bounce.ts';
import { readHeaders } from '../mail/headers.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { parseMail, snippetOf } from '../mail/parse.ts';
import type { ParsedMail } from '../mail/parse.ts';
import type { IntakeDependencies } from './dependencies.ts';

/** A mail that is parsed and ready for its ticket. */
export interface PreparedMail {
  ticket: number;
  isNewTicket: boolean;
  team: string | null;
}

/**
 * Parses a stored mail and keeps its content, unless that was done before. Null when the mail has
 * its outcome by now: a delivery report of a mail that is not ours ends here.
 */
export async function prepareMail(
  { database, blobs }: IntakeDependencies,
  mail: MailRow,
  raw: Buffer,
): Promise<PreparedMail | null> {
  const { company } = mail;
  if (mail.message !== null && mail.ticket !== null) {
    const { ticket, new_ticket: isNewTicket, mailbox } = mail;
    const team = await database.withCompany(company, (trx) => teamOfMailbox(trx, mailbox));
    return { ticket, isNewTicket, team };
  }
  const headers = readHeaders(raw);
  const parsed = await parseMail(raw);
  const bounce = readBounce(parsed, headers, { from: mail.envelope_from });
  const attachments = await keepFiles(parsed, mail, (bytes) => blobs.put(bytes));
  return database.withCompany(company, async (trx) => {
    const place = await placeOf(trx, mail, bounce);
    if (!place) {
      const reason = 'a delivery report of a mail that is not ours';
      await setOutcome(trx, mail.id, 'bounce', reason);
      return null;
    }
    const { ticket, customer, changes } = place;
    const message = messageOf(mail, headers, parsed, { ticket, customer });
    const [team] = await together([
      mail.new_ticket ? teamOfMailbox(trx, mail.mailbox) : null,
      keepParsed(trx, message, attachments, {
        id: mail.id,
        changes: { ...changes, reason: reasonWith(mail, parsed) },
      }),
    ]);
    return { ticket, isNewTicket: mail.new_ticket, team };
  });
}

/** What a person has to know of a mail that is not shown as it was meant. */
function reasonWith({ reason }: MailRow, { problem }: ParsedMail): string {
  if (problem === null) return reason;
  return reason === '' ? problem : `${reason}. ${problem}`;
}

interface Place {
  ticket: number;
  customer: string | null;
  changes: Partial<MailRow>;
}

/** The ticket: chosen when the mail was stored, or that of the mail which a report tells of. */
async function placeOf(
  trx: CompanyTransaction,
  mail: MailRow,
  bounce: Bounce | null,
): Promise<Place | null> {
  const about = bounce?.originalMessageId ?? null;
  const original = about === null ? null : await findOutgoing(trx, about);
  if (original !== null && original.ticket !== null) {
    const { ticket, customer, id } = original;
    const failed = bounce?.action === 'failed';
    const changes = { ticket, customer, bounce_of: id, bounce_failed: failed };
    if (mail.ticket === null || mail.ticket === ticket) return { ticket, customer, changes };
  }
  if (mail.ticket === null) return null;
  return { ticket: mail.ticket, customer: mail.customer, changes: {} };
}

function messageOf(
  mail: MailRow,
  headers: MailHeaders,
  parsed: ParsedMail,
  place: { ticket: number; customer: string | null },
): NewMessage {
  const { text, replyText, quotedText, html } = parsed;
  return {
    id: `in-${mail.id}`,
    direction: 'in',
    kind: 'customer',
    mail: mail.id,
    mailbox: mail.mailbox,
    ...place,
    message_id: mail.message_id,
    from_name: mail.from_name,
    from_address: mail.from_address,
    recipients: headers.to.map(({ address }) => address),
    cc: headers.cc.map(({ address }) => address),
    subject: mail.subject,
    text,
    reply_text: replyText,
    quoted_text: quotedText,
    html,
    snippet: snippetOf(replyText === '' ? text : replyText),
    automatic: mail.automatic !== null,
    at: mail.received_at,
  };
}

async function keepFiles(
  parsed: ParsedMail,
  mail: MailRow,
  put: (bytes: Buffer) => Promise<{ hash: string }>,
): Promise<Omit<AttachmentRow, 'company' | 'agent'>[]> {
  const rows: Omit<AttachmentRow, 'company' | 'agent'>[] = [];
  for (const [position, file] of parsed.attachments.entries()) {
    const { hash } = await put(file.content);
    rows.push({
      id: `${mail.id}-${position}`,
      message: `in-${mail.id}`,
      filename: file.filename,
      content_type: file.contentType,
      bytes: file.size,
      hash,
      inline: file.inline,
      content_id: file.contentId,
      position,
    });
  }
  return rows;
}
