import type { CompanyTransaction } from '../database/client.ts';
import {
  keepSentElsewhere,
  linkToLedger,
  readAgentName,
  readTicketCustomer,
} from '../database/queries/agent-mail.ts';
import { customerByAddress, findAuthor, isOurs } from '../database/queries/intake.ts';
import { insertOutgoing, readReplyTarget } from '../database/queries/outgoing-mail.ts';
import type { NewMessage } from '../database/queries/mail-rows.ts';
import type { MailRow } from '../database/rows.ts';
import type { Authentication } from '../domain/authentication.ts';
import { isForward, readForwardedAuthor } from '../mail/forwarded.ts';
import { replyHtmlOf } from '../mail/html-reply.ts';
import { shownContentIds } from '../mail/mime/attachments.ts';
import { snippetOf } from '../mail/parse.ts';
import type { ParsedMail } from '../mail/parse.ts';
import { withoutTicketTokens } from '../mail/token.ts';

/** What a mail from an agent's address becomes. */
type AgentMail =
  /** Nothing of its own: the agent writes as any customer would. */
  | { kind: 'plain'; warning?: string }
  /** An answer that the desk sends on; `message` is the outgoing mail that was made of it. */
  | { kind: 'answer'; message: string; html: string | null }
  /** The ticket of the customer who wrote what is forwarded. */
  | { kind: 'forward'; customer: string; author: { name: string; address: string } }
  /** Kept and shown, and nothing else. */
  | { kind: 'kept'; reason: string };

/** What an agent wrote in an own mail program, without what it quotes. */
interface Answer {
  text: string;
  html: string | null;
}

/** What is read of an agent's mail. */
interface Reading {
  mail: MailRow;
  ticket: number;
  parsed: Pick<ParsedMail<unknown>, 'text' | 'html' | 'attachments'>;
  authentication: Authentication | null;
  /** What it says anew; null where no agent can have answered anything. */
  answer: Answer | null;
}

type AgentsReading = Reading & { agent: string; customer: string | null };

/** A message and what its mail's row says of it. */
interface Written {
  message: NewMessage;
  changes: Partial<MailRow>;
  /** Files that do not go with the message: images of what it quotes. */
  leftOut?: readonly number[];
}

/** What a mail says anew that may be an agent's answer; apart, since a long one takes its time. */
export function answerIn(
  { agent, company, new_ticket: isNewTicket }: MailRow,
  { replyText, html }: Pick<ParsedMail<unknown>, 'replyText' | 'html'>,
  secret: string,
): Answer | null {
  if (agent === null || isNewTicket) return null;
  const own = html === null ? null : replyHtmlOf(html, replyText);
  return {
    text: withoutTicketTokens(secret, company, replyText).trim(),
    html: own === null ? null : withoutTicketTokens(secret, company, own),
  };
}

/**
 * The ticket's first mail has not been read, so that nobody knows yet whose ticket it is: an agent
 * sent both, and the first may forward what a customer wrote.
 */
export class FirstMailUnreadError extends Error {
  override name = 'FirstMailUnreadError';
}

/** A mail as it is kept, by what follows from an agent's having written it. */
export async function asWrittenBy(
  trx: CompanyTransaction,
  reading: Reading,
  written: Written,
): Promise<Written> {
  const { mail } = reading;
  const { agent } = mail;
  const { message, changes } = await withCustomerOfTicket(trx, reading, written);
  const customer = message.customer ?? null;
  const read = agent === null ? null : await readAgentMail(trx, { ...reading, agent, customer });
  switch (read?.kind) {
    case 'answer': {
      const { id, direction, kind } = { ...message, ...answerKind, id: read.message };
      const leftOut = imagesOfQuotation(reading.parsed, read.html);
      return { message: { id, direction, kind }, changes, leftOut };
    }
    case 'forward': {
      const { customer, author } = read;
      const from = { from_name: author.name, from_address: author.address };
      const shown = { ...message, ...from, customer, forwarded_by: agent };
      return { message: shown, changes: { ...changes, customer } };
    }
    case 'kept': {
      const quiet = { automatic: read.reason, automatic_kind: 'answer' } as const;
      const shown = { ...message, automatic: true, warning: `${read.reason}.` };
      return withSender(trx, mail, { message: shown, changes: { ...changes, ...quiet } });
    }
    default: {
      const shown = read?.warning === undefined ? message : { ...message, warning: read.warning };
      const plain = { message: shown, changes };
      return agent === null ? plain : withSender(trx, mail, plain);
    }
  }
}

/** Whose ticket it is now, of a mail that was stored before that was known. */
async function withCustomerOfTicket(
  trx: CompanyTransaction,
  { mail, ticket }: Reading,
  { message, changes }: Written,
): Promise<Written> {
  const isKnown = (message.customer ?? null) !== null;
  if (isKnown || mail.new_ticket) return { message, changes };
  const { customer, isUnread } = await readTicketCustomer(trx, ticket);
  if (isUnread)
    throw new FirstMailUnreadError(`the first mail of ticket ${ticket} is not read yet`);
  if (customer === null) return { message, changes };
  return { message: { ...message, customer }, changes: { ...changes, customer } };
}

/** A ticket takes no mail without a customer: who wrote it is one, where there is no other. */
async function withSender(
  trx: CompanyTransaction,
  { from_address: address, from_name: name }: MailRow,
  { message, changes }: Written,
): Promise<Written> {
  if ((message.customer ?? null) !== null) return { message, changes };
  const customer = await customerByAddress(trx, address, name);
  return { message: { ...message, customer }, changes: { ...changes, customer } };
}

/** Places of the images that only the quoted mail shows. */
function imagesOfQuotation(
  { html, attachments }: Reading['parsed'],
  answer: string | null,
): number[] {
  if (html === null || answer === null) return [];
  const kept = shownContentIds(answer);
  return attachments.flatMap(({ inline, contentId }, place) =>
    inline && contentId !== null && !kept.has(contentId) ? [place] : [],
  );
}

const answerKind = { direction: 'out', kind: 'reply' } as const;

/** The id of the answer that a mail becomes: reading it again makes no second one. */
export function answerIdOf(mail: string): string {
  return `answer-${mail}`;
}

/** Decides what a mail that says it is an agent's becomes, and stores the answer if it is one. */
async function readAgentMail(trx: CompanyTransaction, reading: AgentsReading): Promise<AgentMail> {
  const { mail, agent, parsed } = reading;
  const isForwarded = isForward(mail.subject, parsed.text);
  if (mail.new_ticket) return isForwarded ? forwarded(trx, reading) : { kind: 'plain' };
  if (mail.automatic_kind !== null) return { kind: 'plain' };
  if (mail.customer === null && (await isOfOwnTicket(trx, reading))) return { kind: 'plain' };
  const name = await readAgentName(trx, agent);
  if (isForwarded) {
    return kept(`${name} forwarded it into the ticket; the customer did not get it`);
  }
  if (!isProven(reading)) return kept(`${unproven(name)}; the customer did not get it`);
  const written = reading.answer ?? { text: '', html: null };
  if (written.text === '' && parsed.attachments.length === 0)
    return kept(`${name} wrote nothing new in it`);
  return answer(trx, reading, written);
}

/** An agent who asked the desk something writes there as any customer. */
async function isOfOwnTicket(
  trx: CompanyTransaction,
  { mail, customer }: AgentsReading,
): Promise<boolean> {
  if (customer === null) return false;
  return (await findAuthor(trx, mail.from_address)).customer === customer;
}

function kept(reason: string): AgentMail {
  return { kind: 'kept', reason };
}

/** Anybody can write an agent's address into a mail or the contact form. */
function isProven({ authentication }: Reading): boolean {
  return authentication?.dmarc === 'pass';
}

function unproven(name: string): string {
  return `It says it is from ${name}, but nothing proves that`;
}

async function forwarded(trx: CompanyTransaction, reading: AgentsReading): Promise<AgentMail> {
  const { mail, parsed, agent } = reading;
  const author = readForwardedAuthor(parsed.text);
  if (!author || author.address === mail.from_address) return { kind: 'plain' };
  if (await isOurs(trx, author.address)) return { kind: 'plain' };
  if (!isProven(reading)) {
    const says = unproven(await readAgentName(trx, agent));
    return { kind: 'plain', warning: `${says}; whom it forwards may have written nothing.` };
  }
  const customer = await customerByAddress(trx, author.address, author.name);
  return { kind: 'forward', customer, author };
}

/**
 * An answer like one of the console's. When the agent wrote to the customer too, they have it
 * already: it stands in the ticket as sent, and is not sent again.
 */
async function answer(
  trx: CompanyTransaction,
  { mail, ticket, agent }: AgentsReading,
  { text, html }: Answer,
): Promise<AgentMail> {
  const target = await readReplyTarget(trx, ticket);
  if (!target) return kept('The ticket was not recorded when it came; the customer did not get it');
  const message = answerIdOf(mail.id);
  const recipient = target.customer.email.toLowerCase();
  const others: string[] = [];
  for (const address of mail.correspondents) {
    const isOther = address !== recipient && address !== mail.from_address;
    if (isOther && !(await isOurs(trx, address))) others.push(address);
  }
  await insertOutgoing(trx, {
    id: message,
    ticket,
    kind: 'reply',
    mailbox: target.mailbox,
    customer: target.customer.id,
    writer: agent,
    recipients: [target.customer.email],
    cc: others,
    subject: mail.subject,
    text,
    html,
    snippet: snippetOf(text),
    undoSeconds: 0,
    sendAt: null,
    dropIfCustomerWrites: false,
    seen: null,
    then: null,
  });
  await linkToLedger(trx, message, mail.id);
  if (mail.correspondents.includes(recipient)) await keepSentElsewhere(trx, ticket, message, mail);
  return { kind: 'answer', message, html };
}
