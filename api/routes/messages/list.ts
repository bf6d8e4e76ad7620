import { Type } from '@fastify/type-provider-typebox';

import { listSentMail } from '../../../database/queries/sent-mail.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { clampLimit, pageQuery, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { SentMailPage, sentState, sentStates } from '../../schemas/sending.ts';

/** What needs a person when nothing else is asked for. */
const NOT_DELIVERED = 'failed,bounced,uncertain';

/** The log's words for a state of the contract. */
const recordedAs: { [state: string]: readonly string[] } = {
  scheduled: ['waiting'],
  sending: ['sending', 'deferred'],
  // Of those that are being sent, the ones that were put off for a while.
  deferred: ['deferred for long'],
};

/** Outgoing mails by where their sending stands. */
export const listMessages: Route = (api, { database }) => {
  api.get(
    '/messages',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'Outgoing mails in some states (default: those that need a person)',
        querystring: strict({
          ...pageQuery,
          state: Type.Optional(
            Type.String({
              description: `Some of ${sentStates.join(', ')}, deferred; parted by commas`,
            }),
          ),
        }),
        response: { 200: SentMailPage, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { limit, cursor = null, state = NOT_DELIVERED } = request.query;
      const states = readStates(state);
      const { items, nextCursor } = await database.withCompany(company, (trx) =>
        listSentMail(trx, states, { limit: clampLimit(limit), cursor }),
      );
      return {
        items: items.map((item) => ({ ...item, state: sentState(item.state) })),
        nextCursor,
      };
    },
  );
};

function readStates(list: string): string[] {
  const words = list.split(',').map((word) => word.trim());
  const known = [...sentStates, 'deferred'];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    throw refused(
      'validation',
      `query field "state": "${unknown}" is none of ${known.join(', ')}.`,
    );
  }
  return words.flatMap((word) => recordedAs[word] ?? [word]);
}
