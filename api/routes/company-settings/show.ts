import { readCompanySettings } from '../../../database/queries/company-settings.ts';
import { companySettingsAnswer } from '../../company-settings-answer.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { CompanySettings } from '../../schemas/company-settings.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const showCompanySettings: Route = (api, { database, config }) => {
  api.get(
    '/company/settings',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['company'],
        summary: 'The limits of the company and the language of its mails',
        querystring: Nothing,
        response: { 200: CompanySettings, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const settings = await database.withCompany(company, readCompanySettings);
      return companySettingsAnswer(settings, config);
    },
  );
};
