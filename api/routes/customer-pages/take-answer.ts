import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';

import { isMailSettled } from '../../../database/queries/customer-pages.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { TICKET_LINK_VALID_MS, ticketPageUrl } from '../../../domain/customer-links.ts';
import { refused } from '../../../domain/errors.ts';
import { takeForm } from '../../../intake/take-form.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import { makeLinkToken } from '../../../mail/link-token.ts';
import { replySubject } from '../../../mail/thread-keys.ts';
import { limitsOf } from '../../company-limits.ts';
import { checkFiles, tooLarge } from '../../contact-files.ts';
import type { SentFile } from '../../contact-files.ts';
import { readForm } from '../../customer-pages/form.ts';
import { sendOn } from '../../customer-pages/page.ts';
import type { ApiDeps, Route } from '../../deps.ts';
import { SENDING_RATE, TokenParams } from './link-route.ts';
import { openTicketNow } from './open-ticket.ts';
import type { OpenedTicket } from './open-ticket.ts';
import { sendTicketPage } from './show-ticket.ts';

/** A long complaint; what is longer is a file. */
const ANSWER_CHARS_MAX = 100_000;
/** UTF-8 takes up to four bytes for a letter. */
const ANSWER_BYTES_MAX = 4 * ANSWER_CHARS_MAX;
const FILES_MAX = 10;

/**
 * How long the page waits for the answer to stand in the conversation, and looks again. It is kept
 * already; only the page would not show it yet.
 */
const LOOKS_AFTER_MS = [50, 100, 200, 400, 800, 1_600] as const;

/** What the customer writes on the page, taken in like a mail to the ticket's own address. */
export const takeAnswer: Route = (api, deps) => {
  api.post(
    '/t/:token/answer',
    {
      config: { rateLimit: SENDING_RATE },
      schema: { hide: true, params: TokenParams, consumes: ['multipart/form-data'] },
    },
    async (request, reply) => {
      const opened = await openTicketNow(deps, request.params.token);
      const { company } = opened;
      const own = await deps.database.withCompany(company, readOwnLimits);
      const limits = limitsOf(own, deps.config);
      const { text, form, files } = await readAnswer(request, limits);
      if (text === '' && files.length === 0) {
        return sendTicketPage(deps, reply, 400, { opened, did: 'nothing' });
      }
      const taken = await take(deps, request.ip, opened, {
        text: text === '' ? files.map(({ filename }) => filename).join('\n') : text,
        form,
        files: await checkFiles(files, limits),
      });
      const isThere = await untilSettled(deps, company, taken.mail);
      const path = isThere ? pathOf(deps, opened, taken.number) : opened.path;
      return sendOn(reply, `${path}?sent`);
    },
  );
};

interface Answer {
  text: string;
  form: string;
  files: SentFile[];
}

/** @throws RefusedError `too_large` as soon as that is known */
async function readAnswer(
  request: FastifyRequest,
  { attachmentBytesMax, mailBytesMax }: ReturnType<typeof limitsOf>,
): Promise<Answer> {
  const answer: Answer = { text: '', form: '', files: [] };
  let bytes = 0;
  const limits = { fileSize: attachmentBytesMax, files: FILES_MAX, fields: 10 };
  for await (const part of request.parts({
    limits: { ...limits, fieldSize: ANSWER_BYTES_MAX },
  })) {
    if (part.type === 'file') {
      // Missing, whatever its type says, where nothing was chosen.
      const named: string | undefined = part.filename;
      const [filename = '', contentType] = [named, part.mimetype];
      const content = await part.toBuffer();
      bytes += content.byteLength;
      if (bytes > mailBytesMax) throw tooLarge('all files together', mailBytesMax);
      const isNothing = filename === '' && content.byteLength === 0;
      if (!isNothing) answer.files.push({ filename, contentType, content });
    } else if (typeof part.value === 'string') {
      if (part.valueTruncated) throw tooLarge(part.fieldname, ANSWER_BYTES_MAX);
      if (part.fieldname === 'text') answer.text = cleanText(part.value, ANSWER_CHARS_MAX).trim();
      if (part.fieldname === 'form') answer.form = part.value;
    }
  }
  return answer;
}

function take(
  { intake }: Parameters<Route>[1],
  remoteAddress: string,
  { company, number, ticket }: OpenedTicket,
  { text, form, files }: Answer,
): Promise<{ number: number; mail: string }> {
  const { mailbox, customerEmail: email, customerName: name, subject } = ticket;
  if (!mailbox || email === '') {
    throw refused('not_found', 'This ticket has nobody to answer to any more.');
  }
  const { id, at } = readForm(form, `${company} ${number}`);
  const from = { company, mailbox, name, email, remoteAddress, id, at };
  return takeForm(intake, {
    ...{ ...from, text, attachments: files, ticket: number },
    subject: replySubject(subject, number),
  });
}

async function untilSettled(
  { database }: Pick<ApiDeps, 'database'>,
  company: string,
  mail: string,
): Promise<boolean> {
  for (const afterMs of LOOKS_AFTER_MS) {
    if (await database.withCompany(company, (trx) => isMailSettled(trx, mail))) return true;
    await wait(afterMs);
  }
  return false;
}

/** A closed ticket is followed up by another one, which whoever wrote it may see as well. */
function pathOf({ config }: ApiDeps, { company, number, path }: OpenedTicket, into: number) {
  if (into === number) return path;
  const expires = Date.now() + TICKET_LINK_VALID_MS;
  const link = { company, number: into, expires };
  return ticketPageUrl('', makeLinkToken(config.secret, 'ticket', link));
}
