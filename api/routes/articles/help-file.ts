import type { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';

import { findHelpFile } from '../../../database/queries/article-files.ts';
import { refused } from '../../../domain/errors.ts';
import type { Route } from '../../deps.ts';
import { Id, Nothing } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { serveFile } from '../files/serve-file.ts';

const FileBytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' });

/** A page of pictures asks for all of them at once, and an office reads behind one address. */
const FILES = { max: 1_200, timeWindow: '1 minute' } as const;

/** What is taken out of an article is out of sight within that time. */
const CACHE = 'public, max-age=300';

/** For as long as a published article of a public knowledge base names it. */
export const showHelpFileRoute: Route = (api, { database, blobs }) => {
  api.get(
    '/help/:company/files/:id',
    {
      config: { auth: 'public', rateLimit: FILES },
      schema: {
        tags: ['public'],
        summary: 'A file of a published article of a public knowledge base',
        params: Type.Object({ company: Id, id: Id }),
        querystring: Nothing,
        produces: ['application/octet-stream', 'image/*'],
        response: {
          200: FileBytes,
          206: FileBytes,
          ...problems('not_found', 'rate_limited', 'unavailable'),
        },
      },
    },
    async (request, reply) => {
      const { company, id } = request.params;
      const file = await database.withCompany(company, (trx) => findHelpFile(trx, id));
      if (!file || !(await blobs.has(file.hash))) {
        throw refused('not_found', 'There is no such file; it may have been taken away.');
      }
      return serveFile(request, reply, blobs, { ...file, cacheControl: CACHE });
    },
  );
};
