import { deleteDeskText } from '../../../database/queries/desk-texts.ts';
import { defaultDeskTexts } from '../../../domain/desk-texts.ts';
import { audit } from '../../audit.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { DeskText, DeskTextParams } from '../../schemas/company-settings.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

export const resetDeskTextRoute: Route = (api, { database }) => {
  api.delete(
    '/desk-texts/:kind/:language',
    {
      config: { auth: 'admin', once: false },
      schema: {
        tags: ['company'],
        summary: 'Say it in the desk’s words again',
        params: DeskTextParams,
        querystring: Nothing,
        response: { 200: DeskText, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { kind, language } = request.params;
      await database.withCompany(company, async (trx) => {
        await deleteDeskText(trx, { kind, language });
        const name = `${kind}, ${language}`;
        await audit(trx, request, { kind: 'text', act: 'deleted', subject: kind, name });
      });
      return { kind, language, text: defaultDeskTexts[kind][language], isOwn: false };
    },
  );
};
