import { Type } from '@fastify/type-provider-typebox';

import { listDeskTexts } from '../../../database/queries/desk-texts.ts';
import { defaultDeskTexts, deskTextKinds } from '../../../domain/desk-texts.ts';
import { languages } from '../../../domain/languages.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { DeskText } from '../../schemas/company-settings.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** Every kind in every language, in the company's words or the desk's. */
export const listDeskTextsRoute: Route = (api, { database }) => {
  api.get(
    '/desk-texts',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['company'],
        summary: 'What the mails say that the desk writes itself',
        querystring: Nothing,
        response: {
          200: Type.Object({ items: Type.Array(DeskText) }),
          ...problems(...signedInCodes),
        },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const own = await database.withCompany(company, listDeskTexts);
      const items = deskTextKinds.flatMap((kind) =>
        languages.map((language) => {
          const text = own.find((row) => row.kind === kind && row.language === language)?.text;
          return {
            ...{ kind, language },
            text: text ?? defaultDeskTexts[kind][language],
            isOwn: text !== undefined,
          };
        }),
      );
      return { items };
    },
  );
};
