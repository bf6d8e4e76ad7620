import { Type } from '@fastify/type-provider-typebox';

import { readRawMail } from '../../../database/queries/ledger.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Anyway, refuseThreat } from '../files/threats.ts';

/** The bytes as they came; a browser saves them and never shows them. */
export const downloadMailRoute: Route = (api, { database, blobs }) => {
  api.get(
    '/mails/:id/raw',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['mails'],
        summary: 'A mail as it came in (RFC 5322)',
        params: IdParams,
        querystring: Anyway,
        produces: ['message/rfc822'],
        response: {
          200: Type.Unsafe<NodeJS.ReadableStream>({ type: 'string', format: 'binary' }),
          ...problems(...signedInCodes, 'not_found', 'not_allowed'),
        },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const raw = await database.withCompany(company, (trx) => readRawMail(trx, id));
      const { hash, size, threat } = found(raw, 'mail', id);
      refuseThreat('The mail', threat, request.query.anyway);
      if (!(await blobs.has(hash))) {
        throw refused('not_found', 'Its file is gone; restore the blobs folder from a backup.');
      }
      return reply
        .type('message/rfc822')
        .header('content-length', size)
        .header('content-disposition', `attachment; filename="mail-${encodeURIComponent(id)}.eml"`)
        .header('x-content-type-options', 'nosniff')
        .send(blobs.stream(hash));
    },
  );
};
