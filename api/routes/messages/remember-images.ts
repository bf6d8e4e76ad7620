import { Type } from '@fastify/type-provider-typebox';

import {
  allowImagesOf,
  forgetImagesOf,
  senderOfMessage,
} from '../../../database/queries/image-senders.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Whether remote images of a mail's sender load unasked, for every agent of the company. */
export const rememberImages: Route = (api, { database }) => {
  api.put(
    '/messages/:id/remote-images',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: "Always show the remote images of this mail's sender, or ask again",
        params: IdParams,
        querystring: Nothing,
        body: strict({ always: Type.Boolean() }),
        response: {
          200: Type.Object({ sender: Type.String(), always: Type.Boolean() }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { id } = request.params;
      const { always } = request.body;
      const { company, agent } = whoAsks(request);
      return database.withCompany(company, async (trx) => {
        const sender = found(await senderOfMessage(trx, id), 'mail', id);
        if (always) await allowImagesOf(trx, sender, agent);
        else await forgetImagesOf(trx, sender);
        return { sender, always };
      });
    },
  );
};
