import type { Static } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import { newId } from '../../../database/new-id.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { firstSubjectId, keepText } from '../../../database/queries/facts.ts';
import { customerByAddress } from '../../../database/queries/intake.ts';
import { findSendingMailbox, insertOutgoing } from '../../../database/queries/outgoing-mail.ts';
import type { SendingMailbox } from '../../../database/queries/outgoing-mail.ts';
import { allocateNumber } from '../../../database/queries/ticket-log.ts';
import { RefusedError, refused } from '../../../domain/errors.ts';
import type { Command } from '../../../domain/ticket/commands.ts';
import { emptyTicket } from '../../../domain/ticket/ticket.ts';
import type { MailAddress } from '../../../mail/address.ts';
import { cleanLine } from '../../../mail/clean-text.ts';
import { SUBJECT_CHARS_MAX } from '../../../mail/limits.ts';
import { attachFiles } from '../../commands/attach-files.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { earlyRefusal } from '../../commands/early-refusal.ts';
import { named, startCommand, showTicket } from '../../commands/run-command.ts';
import { readCopies, readPeople, readWords } from '../../commands/words.ts';
import type { Words } from '../../commands/words.ts';
import { limitsOf } from '../../company-limits.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import type { OnceIds } from '../../plugins/idempotency.ts';
import { Nothing } from '../../schemas/basics.ts';
import { ComposeBody } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';
import { Ticket } from '../../schemas/ticket.ts';

/** A new mail to a customer makes an open ticket of its writer's. */
export const composeTicket: Route = (api, deps) => {
  api.post(
    '/tickets',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Write to a customer first',
        querystring: Nothing,
        body: ComposeBody,
        response: { 201: Ticket, ...problems(...commandCodes, 'date_in_past', 'too_large') },
      },
    },
    async (request, reply) => {
      const who = whoAsks(request);
      const { company } = who;
      const own = await deps.database.withCompany(company, readOwnLimits);
      const { mailBytesMax } = limitsOf(own, deps.config);
      const composed = readComposed(request.body, who.agent, mailBytesMax);
      const made = await deps.database.withCompany(company, async (trx) => {
        const mailbox = await findSendingMailbox(trx, request.body.mailbox ?? null);
        if (!mailbox) throw noMailbox(request.body.mailbox);
        const { address, name } = composed.customer;
        const ids = await once(request).ids(trx, async () => ({
          message: newId(),
          customer: await customerByAddress(trx, address, name),
          number: String(await allocateNumber(trx)),
        }));
        const number = Number(ids.id('number'));
        const message = ids.id('message');
        const command = named(request, who, { type: 'compose', message });
        if (ids.fresh) await writeComposed(trx, composed, { mailbox, number, command, ids });
        return { number, command, team: mailbox.team };
      });
      const { number, command, team } = made;
      await startCommand(deps, who, number, command, { state: 'open', team });
      return reply.code(201).send(await showTicket(deps, who, number));
    },
  );
};

interface Composed {
  body: Static<typeof ComposeBody>;
  words: Words;
  agent: string;
  to: string[];
  cc: string[];
  bcc: string[];
  customer: MailAddress;
  subject: string;
  mailBytesMax: number;
}

function readComposed(
  body: Static<typeof ComposeBody>,
  agent: string,
  mailBytesMax: number,
): Composed {
  const words = readWords(body);
  const people = readPeople('to', body.to);
  const to = people.map(({ address }) => address);
  const subject = cleanLine(body.subject, SUBJECT_CHARS_MAX);
  const customer = people[0];
  if (customer === undefined) {
    throw refused('validation', 'body field "to" names nobody; give an address.');
  }
  if (subject === '') throw refused('validation', 'body field "subject" is empty; give words.');
  const copies = readCopies(body, to);
  return { body, words, agent, to, ...copies, customer, subject, mailBytesMax };
}

/** Writes the mail, its customer and its subject, unless the rules of the desk refuse it. */
async function writeComposed(
  trx: CompanyTransaction,
  composed: Composed,
  made: { mailbox: SendingMailbox; number: number; command: Command; ids: OnceIds },
): Promise<void> {
  const { body, words, agent, to, cc, bcc, subject } = composed;
  const { mailbox, number, ids } = made;
  const id = ids.id('message');
  const uploads = body.attachments ?? [];
  const customer = ids.id('customer');
  const sending = {
    sendAt: body.sendAt ?? null,
    dropIfCustomerWrites: body.dropIfCustomerWrites ?? false,
    seen: null,
    then: null,
  };
  const message = {
    id,
    kind: 'compose' as const,
    writer: agent,
    undoMs: 0,
    ...sending,
    empty: words.text === '' && words.html === null && uploads.length === 0,
    delivery: null,
    attempts: 0,
    refusedSome: false,
    otherRecipients: [],
    origin: {
      mailbox: mailbox.id,
      customer,
      team: mailbox.team,
      subject: firstSubjectId(number),
      followUpOf: null,
    },
  };
  const refusal = await earlyRefusal(trx, emptyTicket(number), made.command, { message });
  if (refusal) throw new RefusedError(refusal);
  await keepText(trx, number, firstSubjectId(number), subject);
  await insertOutgoing(trx, {
    id,
    ticket: number,
    kind: 'compose',
    mailbox,
    customer,
    writer: agent,
    recipients: to,
    cc,
    bcc,
    subject,
    ...words,
    undoSeconds: body.undoSeconds ?? null,
    ...sending,
  });
  await attachFiles(
    trx,
    agent,
    uploads,
    { message: id, ticket: null },
    {
      bytesMax: composed.mailBytesMax,
      inline: composed.words.inline,
    },
  );
}

function noMailbox(id: string | undefined) {
  return id === undefined
    ? refused('validation', 'There is no mailbox to write from; an admin can add one.')
    : refused('not_found', `There is no mailbox "${id}".`);
}
