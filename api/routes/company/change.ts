import { Type } from '@fastify/type-provider-typebox';

import { changesBetween } from '../../../domain/audit.ts';
import { readCompany, renameCompany } from '../../../database/queries/companies.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Company, Name } from '../../schemas/settings.ts';

const Body = strict({ name: Type.Optional(Name) });

export const changeCompanyRoute: Route = (api, { database }) => {
  api.patch(
    '/company',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['company'],
        summary: 'Rename the company',
        querystring: Nothing,
        body: Body,
        response: { 200: Company, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { name } = request.body;
      return database.withCompany(company, async (trx) => {
        const before = found(await readCompany(trx), 'company', company);
        if (name !== undefined) await renameCompany(trx, name.trim());
        const after = found(await readCompany(trx), 'company', company);
        const changes = changesBetween(before, after);
        if (changes.length > 0) {
          await audit(trx, request, { kind: 'company', act: 'changed', name: after.name, changes });
        }
        return after;
      });
    },
  );
};
