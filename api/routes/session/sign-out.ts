import { Type } from '@fastify/type-provider-typebox';

import { hashCredential } from '../../../database/credential-hash.ts';
import { deleteSession } from '../../../database/queries/sign-in.ts';
import type { Route } from '../../deps.ts';
import { SESSION_COOKIE, whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Ends the session of the cookie; a token goes on. */
export const signOut: Route = (api, { database }) => {
  api.delete(
    '/session',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['session'],
        summary: 'Sign out',
        querystring: Nothing,
        response: { 204: Type.Null(), ...problems(...signedInCodes) },
      },
    },
    async (request, reply) => {
      const { company } = whoAsks(request);
      const session = request.cookies[SESSION_COOKIE];
      if (session !== undefined) {
        await database.withCompany(company, (trx) => deleteSession(trx, hashCredential(session)));
      }
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send(null);
    },
  );
};
