import { Type } from '@fastify/type-provider-typebox';

import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { readVisited } from '../../../database/queries/visitors.ts';
import { accentColors } from '../../../domain/accent-color.ts';
import { limitsOf } from '../../company-limits.ts';
import { FORM_FILES_MAX } from '../../form-limits.ts';
import type { Route } from '../../deps.ts';
import { found } from '../../missing.ts';
import { Nothing, orNull } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { Language } from '../../schemas/settings.ts';
import { visitedMailbox } from '../../visitors.ts';

/** Once for each page that shows it. */
const SHOWN_MAX = 30;
const WINDOW = '1 second';

const Colors = Type.Object({
  solid: Type.String({ description: 'Of buttons, #rrggbb' }),
  onSolid: Type.String({ description: 'Of words on them' }),
  text: Type.String({ description: 'Of links' }),
});

/** What the support module has to know before it shows anything. */
export const showModuleRoute: Route = (api, { database, config }) => {
  api.get(
    '/public/:mailbox/module',
    {
      config: { auth: 'public', rateLimit: { max: SHOWN_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'Names, language and limits for the support module and the hosted form',
        params: Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 320 }) }),
        querystring: Nothing,
        response: {
          200: Type.Object({
            company: Type.String(),
            name: Type.String(),
            address: Type.String(),
            language: Language,
            assistant: Type.Boolean({ description: 'Whether it answers visitors' }),
            colors: orNull(
              Type.Object(
                { light: Colors, dark: Colors },
                { description: 'The company’s, on light and on dark pages' },
              ),
            ),
            limits: Type.Object({
              fileBytesMax: Type.Integer(),
              bytesMax: Type.Integer({ description: 'All files together' }),
              filesMax: Type.Integer(),
            }),
          }),
          ...problems('not_found', 'rate_limited'),
        },
      },
    },
    async (request) => {
      const { company, mailbox } = await visitedMailbox(database, request.params.mailbox);
      return database.withCompany(company, async (trx) => {
        const visited = found(await readVisited(trx, mailbox), 'mailbox', request.params.mailbox);
        const { accentColor, ...shown } = visited;
        const limits = limitsOf(await readOwnLimits(trx), config);
        return {
          ...shown,
          assistant: visited.assistant === 'answer',
          colors: accentColor === null ? null : accentColors(accentColor),
          limits: {
            fileBytesMax: limits.attachmentBytesMax,
            bytesMax: limits.mailBytesMax,
            filesMax: FORM_FILES_MAX,
          },
        };
      });
    },
  );
};
