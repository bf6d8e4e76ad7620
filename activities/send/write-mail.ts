import { together } from '../../database/client.ts';
import { readAnswerOf } from '../../database/queries/assistant-answers.ts';
import { readTextOfMails } from '../../database/queries/desk-texts.ts';
import {
  readAttachments,
  readConversation,
  readLastFromCustomer,
  readQueuedSeq,
  readReminderMail,
  readThread,
  readTicketOfMail,
  readWriterOfMail,
} from '../../database/queries/outgoing.ts';
import type { TicketOfMail } from '../../database/queries/outgoing.ts';
import type { MessageRow } from '../../database/rows.ts';
import type { Language } from '../../domain/languages.ts';
import { languages } from '../../domain/languages.ts';
import { deskTextKinds } from '../../domain/desk-texts.ts';
import { assertNever } from '../../domain/errors.ts';
import { reminderKinds } from '../../domain/ticket/events.ts';
import type { OutgoingAttachment, OutgoingMail } from '../../mail/compose.ts';
import { quoteHeading } from '../../mail/quote-heading.ts';
import {
  REFERENCES_OUT_FIRST,
  REFERENCES_OUT_LAST,
  SUMMARY_MESSAGES_MAX,
} from '../../mail/limits.ts';
import { renderAcknowledgement } from '../../mail/render/acknowledgement.ts';
import { renderAssistant } from '../../mail/render/assistant.ts';
import type { DeskMail } from '../../mail/render/desk-text.ts';
import { renderReminder } from '../../mail/render/reminder.ts';
import type { Rendered } from '../../mail/render/rendered.ts';
import { renderSummary } from '../../mail/render/summary.ts';
import { replySubject, subjectWithNumber } from '../../mail/thread-keys.ts';
import { makeTicketToken, tokenAddress } from '../../mail/token.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';
import { signaturesOf } from './signatures.ts';

/** A mail to compose, and what the desk wrote itself, for the timeline. */
export interface WrittenMail {
  mail: OutgoingMail;
  shown: { subject: string; text: string; html: string } | null;
}

/** What a mail is written from. */
interface Material {
  input: SendInput;
  message: MessageRow;
  ticket: TicketOfMail;
  /** The newest event that it can know of: what came later is another mail's. */
  upTo: number;
  /** Message-IDs of the conversation so far, oldest first. */
  thread: string[];
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
    case 'acknowledgement': {
      const rendered = renderAcknowledgement(await deskMail(dependencies, material));
      return { mail: { ...common, ...rendered, automatic: 'auto-replied' }, shown: rendered };
    }
    case 'assistant': {
      const rendered = await assistantMail(dependencies, material);
      return { mail: { ...common, ...rendered, automatic: 'auto-replied' }, shown: rendered };
    }
    case 'summary': {
      const { upTo } = material;
      const { mails, earlier } = await dependencies.database.withCompany(input.company, (trx) =>
        readConversation(trx, input.number, upTo, SUMMARY_MESSAGES_MAX),
      );
      const rendered = renderSummary({
        ...(await deskMail(dependencies, material)),
        messages: mails,
        earlier,
      });
      return { mail: { ...common, ...rendered, automatic: 'auto-replied' }, shown: rendered };
    }
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

async function readMaterial(
  { database }: PrepareDependencies,
  input: SendInput,
  message: MessageRow,
): Promise<Material> {
  const { company, number } = input;
  return database.withCompany(company, async (trx) => {
    const ticket = await readTicketOfMail(trx, number, message.mailbox);
    if (!ticket) throw new TypeError('The mailbox that it was to leave by is gone.');
    const upTo = message.up_to ?? (await readQueuedSeq(trx, number, message.id)) - 1;
    const atEachEnd = Math.max(REFERENCES_OUT_FIRST, REFERENCES_OUT_LAST);
    const thread = await readThread(trx, number, upTo, atEachEnd);
    return { input, message, ticket, upTo, thread };
  });
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

/** @throws TypeError when there is no answer any more: then there is nothing to send */
async function assistantMail(
  dependencies: PrepareDependencies,
  material: Material,
): Promise<Rendered> {
  const { company, number } = material.input;
  const answer = await dependencies.database.withCompany(company, (trx) =>
    readAnswerOf(trx, number),
  );
  if (!answer) throw new TypeError("The assistant's answer is gone.");
  const language = languages.find((known) => known === answer.language);
  const help = `${dependencies.publicUrl}/help/${encodeURIComponent(company)}`;
  return renderAssistant({
    ...(await deskMail(dependencies, material, language)),
    answer: answer.text,
    pages: answer.sources.map(({ article, title, quote }) => {
      return { title, quote, url: `${help}/${encodeURIComponent(article)}` };
    }),
  });
}

/**
 * What the desk says in the name of the company, by what it is called in its settings; in the
 * language of its mails, unless another one is better known to fit.
 */
async function deskMail(
  { database }: PrepareDependencies,
  { input, message, ticket }: Material,
  language?: Language,
): Promise<DeskMail> {
  const kind = deskTextKinds.find((known) => known === message.kind) ?? 'acknowledgement';
  const said = await database.withCompany(input.company, (trx) =>
    readTextOfMails(trx, kind, language),
  );
  const { mailboxName, mailboxAddress, customerName, customerEmail, subject } = ticket;
  const names = { mailboxName, mailboxAddress, customerName, customerEmail };
  return { ...said, ...names, subject, number: input.number };
}
