import { saveDeskText } from '../../../database/queries/desk-texts.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { DeskText, DeskTextParams } from '../../schemas/company-settings.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { TextBody, requirePlaceholders } from './text-body.ts';

export const saveDeskTextRoute: Route = (api, { database }) => {
  api.put(
    '/desk-texts/:kind/:language',
    {
      config: { auth: 'admin', once: false },
      schema: {
        tags: ['company'],
        summary: 'Say it in the company’s own words, with placeholders such as {{customer.name}}',
        params: DeskTextParams,
        querystring: Nothing,
        body: TextBody,
        response: { 200: DeskText, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { text } = request.body;
      requirePlaceholders(text);
      const row = { ...request.params, text: text.trim() };
      await database.withCompany(company, async (trx) => {
        await saveDeskText(trx, row);
        const name = `${row.kind}, ${row.language}`;
        await audit(trx, request, { kind: 'text', act: 'changed', subject: row.kind, name });
      });
      return { ...row, isOwn: true };
    },
  );
};
