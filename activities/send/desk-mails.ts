import { readAnswerOf } from '../../database/queries/assistant-answers.ts';
import { readTextOfMails } from '../../database/queries/desk-texts.ts';
import { readConversation } from '../../database/queries/outgoing.ts';
import { deskTextKinds } from '../../domain/desk-texts.ts';
import type { Language } from '../../domain/languages.ts';
import { languages } from '../../domain/languages.ts';
import { SUMMARY_MESSAGES_MAX } from '../../mail/limits.ts';
import { renderAcknowledgement } from '../../mail/render/acknowledgement.ts';
import { renderAssistant } from '../../mail/render/assistant.ts';
import type { DeskMail } from '../../mail/render/desk-text.ts';
import { renderLink } from '../../mail/render/link.ts';
import type { Rendered } from '../../mail/render/rendered.ts';
import { renderSummary } from '../../mail/render/summary.ts';
import { ratingLink, ticketPageLink } from './customer-links.ts';
import { matchingAnswers } from './matching-answers.ts';
import type { Material } from './material.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';

/**
 * A mail and how the desk shows it to agents: without the links by which its customer is known, so
 * that nobody speaks for the customer by mistake.
 */
export interface LinkedMail {
  sent: Rendered;
  shown: Rendered;
}

export async function acknowledgementMail(
  dependencies: PrepareDependencies,
  material: Material,
): Promise<LinkedMail> {
  const answers = await matchingAnswers(dependencies, material.input);
  const mail = { ...(await deskMail(dependencies, material)), answers };
  const page = ticketPageLink(dependencies, material.input);
  return { sent: renderAcknowledgement({ ...mail, page }), shown: renderAcknowledgement(mail) };
}

/** A new link to the page of the ticket, for who asked for one there. */
export async function linkMail(
  dependencies: PrepareDependencies,
  material: Material,
): Promise<LinkedMail> {
  const mail = await deskMail(dependencies, material);
  const page = ticketPageLink(dependencies, material.input);
  return { sent: renderLink({ ...mail, page }), shown: renderLink(mail) };
}

export async function summaryMail(
  dependencies: PrepareDependencies,
  material: Material,
): Promise<LinkedMail> {
  const { input, upTo } = material;
  const { mails, earlier } = await dependencies.database.withCompany(input.company, (trx) =>
    readConversation(trx, input.number, upTo, SUMMARY_MESSAGES_MAX),
  );
  const mail = { ...(await deskMail(dependencies, material)), messages: mails, earlier };
  const rate = ratingLink(dependencies, input);
  const page = ticketPageLink(dependencies, input);
  return { sent: renderSummary({ ...mail, rate, page }), shown: renderSummary(mail) };
}

/** @throws TypeError when there is no answer any more: then there is nothing to send */
export async function assistantMail(
  dependencies: PrepareDependencies,
  material: Material,
): Promise<LinkedMail> {
  const { company, number } = material.input;
  const answer = await dependencies.database.withCompany(company, (trx) =>
    readAnswerOf(trx, number),
  );
  if (!answer) throw new TypeError("The assistant's answer is gone.");
  const language = languages.find((known) => known === answer.language);
  const help = `${dependencies.publicUrl}/help/${encodeURIComponent(company)}`;
  const rendered = renderAssistant({
    ...(await deskMail(dependencies, material, language)),
    answer: answer.text,
    pages: answer.sources.map(({ article, title, quote }) => {
      return { title, quote, url: `${help}/${encodeURIComponent(article)}` };
    }),
  });
  return { sent: rendered, shown: rendered };
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
