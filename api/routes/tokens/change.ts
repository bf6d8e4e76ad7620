import { changesBetween } from '../../../domain/audit.ts';
import { readToken, renameToken } from '../../../database/queries/tokens.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found, missing } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, Token } from '../../schemas/settings.ts';

const Body = strict({ name: Name });

export const changeTokenRoute: Route = (api, { database }) => {
  api.patch(
    '/tokens/:id',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['tokens'],
        summary: 'Rename a token; its secret stays',
        params: IdParams,
        querystring: Nothing,
        body: Body,
        response: { 200: Token, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { id } = request.params;
      const { body } = request;
      return database.withCompany(company, async (trx) => {
        const before = found(await readToken(trx, id), 'token', id);
        const name = body.name.trim();
        if (!(await renameToken(trx, id, name))) throw missing('token', id);
        const changes = changesBetween({ name: before.name }, { name });
        await audit(trx, request, { kind: 'token', act: 'changed', subject: id, name, changes });
        return found(await readToken(trx, id), 'token', id);
      });
    },
  );
};
