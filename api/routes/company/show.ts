import { readCompany } from '../../../database/queries/companies.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Company } from '../../schemas/settings.ts';

export const showCompanyRoute: Route = (api, { database }) => {
  api.get(
    '/company',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['company'],
        summary: 'The company of the desk',
        querystring: Nothing,
        response: { 200: Company, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      return found(await database.withCompany(company, readCompany), 'company', company);
    },
  );
};
