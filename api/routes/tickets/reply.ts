import type { Static } from '@fastify/type-provider-typebox';

import type { CompanyTransaction } from '../../../database/client.ts';
import { newId } from '../../../database/new-id.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { insertOutgoing, readReplyTarget } from '../../../database/queries/outgoing-mail.ts';
import type { ReplyTarget } from '../../../database/queries/outgoing-mail.ts';
import type { MessageFact } from '../../../domain/ticket/facts.ts';
import { replySubject } from '../../../mail/thread-keys.ts';
import { attachFiles } from '../../commands/attach-files.ts';
import { commandCodes } from '../../commands/command-answers.ts';
import { reasonId } from '../../commands/keep-reason.ts';
import { showMessage } from '../../commands/message-answer.ts';
import { replyAddresses } from '../../commands/reply-addresses.ts';
import { noSuchTicket, runCommand } from '../../commands/run-command.ts';
import type { Plan } from '../../commands/run-command.ts';
import { thenOf } from '../../commands/then-of.ts';
import { readCopies, readRecipients, readWords } from '../../commands/words.ts';
import type { Words } from '../../commands/words.ts';
import { limitsOf } from '../../company-limits.ts';
import type { ApiDeps, Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { once } from '../../plugins/idempotency.ts';
import type { OnceIds } from '../../plugins/idempotency.ts';
import { Nothing, TicketParams } from '../../schemas/basics.ts';
import { ReplyBody } from '../../schemas/commands.ts';
import { problems } from '../../schemas/problem.ts';
import { MessageAnswer } from '../../schemas/sending.ts';

/** An answer to the customer: stored, queued, and sent when its undo time is over. */
export const replyToTicket: Route = (api, deps) => {
  api.post(
    '/tickets/:number/reply',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'Answer the customer',
        params: TicketParams,
        querystring: Nothing,
        body: ReplyBody,
        response: {
          202: MessageAnswer,
          ...problems(...commandCodes, 'news', 'date_in_past', 'too_large'),
        },
      },
    },
    async (request, reply) => {
      const { number } = request.params;
      const { company, agent } = whoAsks(request);
      const written = await readReply(deps, company, number, request.body);
      let message = '';
      await runCommand(deps, request, number, async (trx) => {
        const ids = await once(request).ids(trx, () => ({ message: newId(), ...reasonId() }));
        message = ids.id('message');
        return writeReply(trx, { ...written, agent, number, ids });
      });
      return reply.code(202).send(await showMessage(deps.database, company, message));
    },
  );
};

interface Reply {
  body: Static<typeof ReplyBody>;
  words: Words;
  cc: string[];
  bcc: string[];
  target: ReplyTarget;
  recipients: string[];
  mailBytesMax: number;
}

/** Everything that can be known, and refused, before anything is written. */
async function readReply(
  deps: ApiDeps,
  company: string,
  number: number,
  body: Static<typeof ReplyBody>,
): Promise<Reply> {
  const words = readWords(body);
  const { target, own } = await deps.database.withCompany(company, async (trx) => ({
    target: await readReplyTarget(trx, number),
    own: await readOwnLimits(trx),
  }));
  if (!target) throw noSuchTicket(number);
  const recipients =
    body.to === undefined
      ? await replyAddresses(deps.blobs, target)
      : readRecipients('to', body.to);
  const copies = readCopies(body, recipients);
  const { mailBytesMax } = limitsOf(own, deps.config);
  return { body, words, ...copies, target, recipients, mailBytesMax };
}

async function writeReply(
  trx: CompanyTransaction,
  reply: Reply & { agent: string; number: number; ids: OnceIds },
): Promise<Plan> {
  const { body, words, cc, bcc, target, recipients, agent, number, ids } = reply;
  const message = ids.id('message');
  const uploads = body.attachments ?? [];
  const then = await thenOf(trx, number, body.then, ids);
  const sending = {
    sendAt: body.sendAt ?? null,
    dropIfCustomerWrites: body.dropIfCustomerWrites ?? false,
    seen: body.seen === undefined ? null : Number(body.seen),
    then,
  };
  if (ids.fresh) {
    await insertOutgoing(trx, {
      id: message,
      ticket: number,
      kind: 'reply',
      mailbox: target.mailbox,
      customer: target.customer.id,
      writer: agent,
      recipients,
      cc,
      bcc,
      subject: replySubject(target.subject, null),
      ...words,
      undoSeconds: body.undoSeconds ?? null,
      ...sending,
    });
    await attachFiles(
      trx,
      agent,
      uploads,
      { message, ticket: number },
      {
        bytesMax: reply.mailBytesMax,
        inline: words.inline,
      },
    );
  }
  const fact: MessageFact = {
    id: message,
    kind: 'reply',
    writer: agent,
    // Undo seconds decide no refusal.
    undoMs: 0,
    ...sending,
    empty: words.text === '' && words.html === null && uploads.length === 0,
    delivery: null,
    attempts: 0,
    refusedSome: false,
    otherRecipients: [],
    origin: null,
  };
  return { command: { type: 'reply', message }, facts: { message: fact } };
}
