import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import {
  readCompanySettings,
  updateCompanySettings,
} from '../../../database/queries/company-settings.ts';
import { ACCENT_COLOR } from '../../../domain/accent-color.ts';
import { refused } from '../../../domain/errors.ts';
import { changesBetween } from '../../../domain/audit.ts';
import { languages } from '../../../domain/languages.ts';
import type { Config } from '../../../runtime/config.ts';
import { audit } from '../../audit.ts';
import { DAY_MS, companySettingsAnswer } from '../../company-settings-answer.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, orNull, strict } from '../../schemas/basics.ts';
import { CompanySettings } from '../../schemas/company-settings.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { UNDO_SECONDS_MAX } from '../../schemas/settings.ts';

/** A ticket that is open for customers for longer is one that nobody solved. */
const REOPEN_DAYS_MAX = 365;

/** A picture of a screen; less would be a switch for files, and there is none. */
const BYTES_MIN = 100_000;

const bytes = Type.Integer({ minimum: BYTES_MIN });

const Body = strict({
  language: Type.Optional(oneOf(languages)),
  undoSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: UNDO_SECONDS_MAX })),
  reopenDays: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: REOPEN_DAYS_MAX }))),
  attachmentBytesMax: Type.Optional(orNull(bytes)),
  mailBytesMax: Type.Optional(orNull(bytes)),
  accentColor: Type.Optional(
    orNull(Type.String({ pattern: ACCENT_COLOR, description: '#rrggbb' })),
  ),
});

export const changeCompanySettings: Route = (api, { database, config }) => {
  api.patch(
    '/company/settings',
    {
      config: { auth: 'admin' },
      schema: {
        tags: ['company'],
        summary: 'Change the limits of the company, the language of its mails or its color',
        querystring: Nothing,
        body: Body,
        response: { 200: CompanySettings, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { reopenDays, accentColor, ...plain } = request.body;
      keepWithin(request.body, config);
      const window =
        reopenDays === undefined
          ? {}
          : { reopenWindowMs: reopenDays === null ? null : reopenDays * DAY_MS };
      const color = accentColor ? { accentColor: accentColor.toLowerCase() } : { accentColor };
      const settings = await database.withCompany(company, async (trx) => {
        const before = await readCompanySettings(trx);
        await updateCompanySettings(trx, { ...plain, ...window, ...color });
        const after = await readCompanySettings(trx);
        const changes = changesBetween(before ?? {}, after ?? {});
        if (changes.length > 0) {
          await audit(trx, request, { kind: 'limit', act: 'changed', changes });
        }
        return after;
      });
      return companySettingsAnswer(settings, config);
    },
  );
};

/** @throws RefusedError `validation` for more than the server takes */
function keepWithin(body: Static<typeof Body>, server: Config): void {
  for (const field of ['attachmentBytesMax', 'mailBytesMax'] as const) {
    const [asked, max] = [body[field] ?? 0, server[field]];
    if (asked <= max) continue;
    throw refused(
      'validation',
      `body field "${field}": ${asked} bytes are more than the ${max} that this server takes.`,
    );
  }
}
