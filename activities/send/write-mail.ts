import { together } from '../../database/client.ts';
import {
  readAttachments,
  readLastFromCustomer,
  readReminderMail,
  readWriterOfMail,
} from '../../database/queries/outgoing.ts';
import type { MessageRow } from '../../database/rows.ts';
import { assertNever } from '../../domain/errors.ts';
import { reminderKinds } from '../../domain/ticket/events.ts';
import type { OutgoingAttachment, OutgoingMail } from '../../mail/compose.ts';
import { quoteHeading } from '../../mail/quote-heading.ts';
import { renderReminder } from '../../mail/render/reminder.ts';
import type { Rendered } from '../../mail/render/rendered.ts';
import { replySubject, subjectWithNumber } from '../../mail/thread-keys.ts';
import { makeTicketToken, tokenAddress } from '../../mail/token.ts';
import type { SendInput } from '../../workflows/messages.ts';
import { acknowledgementMail, assistantMail, linkMail, summaryMail } from './desk-mails.ts';
import type { LinkedMail } from './desk-mails.ts';
import { readMaterial } from './material.ts';
import type { Material } from './material.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';
import { signaturesOf } from './signatures.ts';

/** A mail to compose, and what the desk wrote itself, for the timeline. */
export interface WrittenMail {
  mail: OutgoingMail;
  shown: { subject: string; text: string; html: string } | null;
}

/** Puts together everything about an outgoing mail but its bytes. */
export async function writeMail(
  dependencies: PrepareDependencies,
  input: SendInput,
  message: MessageRow,
): Promise<WrittenMail> {
  const material = await readMaterial(dependencies, input, message);
  const common = commonParts(dependencies, material);
  switch (message.kind) {
    case 'reply':
    case 'compose':
    case 'customer':
      return agentsMail(dependencies, material, common);
    case 'acknowledgement':
      return answered(common, await acknowledgementMail(dependencies, material));
    case 'assistant':
      return answered(common, await assistantMail(dependencies, material));
    case 'link':
      return answered(common, await linkMail(dependencies, material));
    case 'summary':
      return answered(common, await summaryMail(dependencies, material));
    case 'reminder': {
      const rendered = await reminder(dependencies, material);
      const apart = { replyTo: null, inReplyTo: null, references: [] };
      const mail: OutgoingMail = {
        ...common,
        ...apart,
        ...rendered,
        automatic: 'auto-generated',
      };
      return { mail, shown: rendered };
    }
    default:
      return assertNever(message.kind);
  }
}

/** What the desk answers a customer in its own words. */
function answered(
  common: ReturnType<typeof commonParts>,
  { sent, shown }: LinkedMail,
): WrittenMail {
  return { mail: { ...common, ...sent, automatic: 'auto-replied' }, shown };
}

function commonParts({ secret }: PrepareDependencies, material: Material) {
  const { input, message, ticket, thread } = material;
  const token = makeTicketToken(secret, input.company, input.number);
  // The address that the customer had written to: the mailbox's own, or an alias of it.
  const address = message.from_address || ticket.mailboxAddress;
  return {
    from: { name: ticket.mailboxName, address },
    replyTo: ticket.plusAddresses ? tokenAddress(address, token) : null,
    to: message.recipients,
    cc: message.cc,
    messageId: message.message_id ?? `${message.id}@${input.company}.invalid`,
    date: new Date(),
    inReplyTo: thread.at(-1) ?? null,
    references: thread,
  };
}

async function agentsMail(
  { database, blobs }: PrepareDependencies,
  { input, message, ticket, upTo }: Material,
  common: ReturnType<typeof commonParts>,
): Promise<WrittenMail> {
  const [rows, last, writer] = await database.withCompany(input.company, (trx) =>
    together([
      readAttachments(trx, message.id),
      readLastFromCustomer(trx, input.number, upTo),
      readWriterOfMail(trx, message.writer),
    ]),
  );
  const attachments: OutgoingAttachment[] = [];
  for (const row of rows) {
    attachments.push({
      filename: row.filename,
      contentType: row.content_type,
      content: () => blobs.stream(row.hash),
      contentId: row.content_id,
    });
  }
  const subject =
    message.kind === 'compose'
      ? subjectWithNumber(ticket.subject, input.number)
      : replySubject(ticket.subject, input.number);
  const quoted = last ? { heading: quoteHeading(last), text: last.text } : null;
  const { text, html } = message;
  const signatures = signaturesOf(ticket, input.number, writer);
  const words = { subject, text, html, ...signatures, quoted, attachments };
  return { mail: { ...common, ...words }, shown: null };
}

async function reminder(
  { database, publicUrl }: PrepareDependencies,
  { input, message }: Material,
): Promise<Rendered> {
  const row = await database.withCompany(input.company, (trx) => readReminderMail(trx, message.id));
  const kind = reminderKinds.find((known) => known === row?.kind) ?? 'callback';
  const url = `${publicUrl}/tickets/${input.number}`;
  const { agentName, reason, language } = row ?? { agentName: '', reason: '', language: 'en' };
  return renderReminder({ language, agentName, kind, reason, number: input.number, url });
}
