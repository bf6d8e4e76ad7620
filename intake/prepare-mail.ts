import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';

import { teamOfMailbox } from '../database/queries/intake.ts';
import { findOutgoing, keepParsed } from '../database/queries/mail-rows.ts';
import type { NewMessage } from '../database/queries/mail-rows.ts';
import { parkMail, setOutcome } from '../database/queries/ledger-outcome.ts';
import { notifyMails } from '../database/queries/live.ts';
import { together } from '../database/client.ts';
import type { CompanyTransaction } from '../database/client.ts';
import type { AttachmentRow, MailRow } from '../database/rows.ts';
import { reasonToDoubt } from '../domain/authentication.ts';
import type { Authentication } from '../domain/authentication.ts';
import { isTelling, readBounce, wordsOf } from '../mail/bounce.ts';
import type { Bounce } from '../mail/bounce.ts';
import type { SpooledFile } from '../mail/mime/stored-part.ts';
import { showAsSource, snippetOf } from '../mail/parse.ts';
import type { ParsedMail } from '../mail/parse.ts';
import { ParserStoppedError } from '../mail/parsing/parse-task.ts';
import type { ParseTask } from '../mail/parsing/parse-task.ts';
import { parseStored } from '../mail/parsing/parse-stored.ts';
import { answerIdOf, answerIn, asWrittenBy } from './agent-mail.ts';
import { authenticate } from './authenticate.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { keepExchange } from './keep-exchange.ts';
import { parkThreat, threatIn, threatsOf } from './scan-mail.ts';
import type { Threat } from './scan-mail.ts';

/** A mail that is parsed and ready for its ticket. */
export interface PreparedMail {
  ticket: number;
  isNewTicket: boolean;
  team: string | null;
  /** Set for an agent's answer: the outgoing message to queue, instead of taking the mail in. */
  answer: { message: string; agent: string } | null;
}

/** A person who takes a mail out of the parked ones gets to see it, parsed or not. */
export const TAKEN_OUT = 'an agent took it out of the parked mail';

/**
 * Parses a stored mail and keeps its content, unless that was done before. Null when the mail has
 * its outcome by now: a delivery report of a mail that is not ours ends here, and so does a mail
 * that took its parser more than any mail may.
 */
export async function prepareMail(
  dependencies: IntakeDependencies,
  mail: MailRow,
): Promise<PreparedMail | null> {
  const { database, blobs } = dependencies;
  const { company } = mail;
  if (mail.message !== null && mail.ticket !== null) {
    const { ticket, new_ticket: isNewTicket, mailbox } = mail;
    const team = await database.withCompany(company, (trx) => teamOfMailbox(trx, mailbox));
    return { ticket, isNewTicket, team, answer: answerOf(mail, mail.message) };
  }
  const folder = await blobs.scratchFolder();
  try {
    const path = await blobs.fileOf(mail.raw_hash, folder);
    const threat = await threatIn(dependencies.scanner, path, mail, 'in the mail');
    if (threat && mail.reason !== TAKEN_OUT) return await parkThreat(dependencies, mail, threat);
    const [parsed, authentication] = await Promise.all([
      parseWithin(dependencies, mail, { path, folder }),
      authenticate(dependencies, mail, () => createReadStream(path)),
    ]);
    if (parsed === null) return null;
    return await keepMail(dependencies, mail, { parsed, authentication, threat });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Parsed = ParsedMail<SpooledFile>;

interface Examined {
  parsed: Parsed;
  authentication: Authentication | null;
  /** Of the mail as a whole: only a person who took it out goes on with one. */
  threat: Threat | null;
}

/** Null when a limit stopped the parser: the mail is parked then, and the next one goes on. */
async function parseWithin(
  { database, logger, parse = parseStored }: IntakeDependencies,
  mail: MailRow,
  task: ParseTask,
): Promise<Parsed | null> {
  try {
    return await parse({ ...task, bytes: mail.kept_bytes ?? mail.raw_bytes });
  } catch (error) {
    const { company, id } = mail;
    const isStopped = error instanceof ParserStoppedError;
    if (mail.reason === TAKEN_OUT) {
      logger.warn({ err: error, company, mail: id }, 'a mail is shown as its source');
      const why = isStopped ? error.message : 'its parser failed';
      return showAsSource(createReadStream(task.path), why);
    }
    if (!isStopped) throw error;
    logger.warn({ err: error, company, mail: id }, 'a mail was too much for the parser');
    const reason = `it could not be parsed: ${error.message}`;
    await database.withCompany(company, async (trx) => {
      await setOutcome(trx, id, 'parked', reason);
      await notifyMails(trx);
    });
    return null;
  }
}

async function keepMail(
  dependencies: IntakeDependencies,
  mail: MailRow,
  { parsed, authentication, threat }: Examined,
): Promise<PreparedMail | null> {
  const { database, blobs, secret, scanner } = dependencies;
  const doubt = authentication && mail.reason !== TAKEN_OUT ? reasonToDoubt(authentication) : null;
  if (doubt !== null) {
    await database.withCompany(mail.company, (trx) =>
      parkMail(trx, mail.id, doubt, authentication),
    );
    return null;
  }
  const bounce = readBounce(parsed, parsed.headers, { from: mail.envelope_from });
  const threats = await threatsOf(scanner, parsed.attachments, mail);
  const [first = threat] = threats.values();
  if (first && mail.reason !== TAKEN_OUT) return parkThreat(dependencies, mail, first);
  // What was found in the mail and in none of its files may be in each of them.
  const threatOf = (hash: string) => threats.get(hash) ?? (threats.size === 0 ? threat : null);
  const adopted = await keepFiles(parsed, mail, (file) => blobs.adopt(file));
  const attachments = adopted.map((file) => ({
    ...file,
    threat: threatOf(file.hash)?.name ?? null,
  }));
  const answered = answerIn(mail, parsed, secret);
  return database.withCompany(mail.company, async (trx) => {
    const place = await placeOf(trx, mail, bounce);
    if (!place) {
      await endReport(trx, mail.id, { parsed, authentication, bounce });
      return null;
    }
    const { ticket, customer, changes } = place;
    const message = messageOf(mail, parsed, { ticket, customer });
    const written = {
      message: { ...message, authentication, stranger: mail.stranger },
      changes: { ...changes, authentication, threat: first?.name ?? null },
    };
    const reading = { mail, ticket, parsed, authentication, answer: answered };
    const kept = await asWrittenBy(trx, reading, written);
    if (mail.exchange !== null) {
      await keepExchange(trx, { ...askerOf(mail), exchange: mail.exchange, ticket, customer });
    }
    const { leftOut = [] } = kept;
    const files = attachments
      .filter(({ position }) => !leftOut.includes(position))
      .map((file) => ({ ...file, message: kept.message.id }));
    const [team] = await together([
      mail.new_ticket ? teamOfMailbox(trx, mail.mailbox) : null,
      keepParsed(trx, kept.message, files, {
        id: mail.id,
        changes: { ...kept.changes, reason: reasonWith(changes.reason ?? mail.reason, parsed) },
      }),
    ]);
    const answer = answerOf(mail, kept.message.id);
    return { ticket, isNewTicket: mail.new_ticket, team, answer };
  });
}

/** Ends a report that tells of no mail of ours; what may be a person's waits for one. */
async function endReport(
  trx: CompanyTransaction,
  id: string,
  { parsed, authentication, bounce }: Omit<Examined, 'threat'> & { bounce: Bounce | null },
): Promise<void> {
  if (bounce === null || !isTelling(bounce, parsed, parsed.headers)) {
    const reason = 'it looks like a delivery report, but says of no mail what went wrong with it';
    await parkMail(trx, id, reason, authentication);
    return;
  }
  await setOutcome(trx, id, 'bounce', 'a delivery report of a mail that is not ours');
  await notifyMails(trx);
}

/** What a person has to know of a mail that is not shown as it was meant. */
function reasonWith(reason: string, { problem }: Parsed): string {
  if (problem === null) return reason;
  return reason === '' ? problem : `${reason}. ${problem}`;
}

/** What an agent sent from an own mail program has become an outgoing message. */
function answerOf({ id, agent }: MailRow, message: string): PreparedMail['answer'] {
  return agent !== null && message === answerIdOf(id) ? { message, agent } : null;
}

/** Whoever filled in the form asked before. */
function askerOf({ mailbox, subject, from_name: name, from_address: address }: MailRow) {
  return { mailbox, subject, from: { name, address } };
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
    const reason = wordsOf(bounce) ?? `delivery report of a mail in ticket ${ticket}`;
    const changes = { ticket, customer, bounce_of: id, bounce_failed: failed, reason };
    if (mail.ticket === null || mail.ticket === ticket) return { ticket, customer, changes };
  }
  if (mail.ticket === null) return null;
  return { ticket: mail.ticket, customer: mail.customer, changes: {} };
}

function messageOf(
  mail: MailRow,
  parsed: Parsed,
  place: { ticket: number; customer: string | null },
): NewMessage {
  const { headers, text, replyText, quotedText, html } = parsed;
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
  parsed: Parsed,
  mail: MailRow,
  keep: (file: SpooledFile) => Promise<void>,
): Promise<Omit<AttachmentRow, 'company' | 'agent'>[]> {
  const rows: Omit<AttachmentRow, 'company' | 'agent'>[] = [];
  for (const [position, file] of parsed.attachments.entries()) {
    await keep(file.content);
    rows.push({
      id: `${mail.id}-${position}`,
      message: `in-${mail.id}`,
      filename: file.filename,
      content_type: file.contentType,
      bytes: file.size,
      hash: file.content.hash,
      inline: file.inline,
      content_id: file.contentId,
      position,
      threat: null,
    });
  }
  return rows;
}
