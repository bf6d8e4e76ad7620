import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { readMe, updateProfile } from '../../../database/queries/me.ts';
import type { ProfileChanges } from '../../../database/queries/me.ts';
import { refused } from '../../../domain/errors.ts';
import { sanitiseMailHtml } from '../../../mail/html.ts';
import type { Route } from '../../deps.ts';
import { meAnswer } from '../../me-answer.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, orNull, strict } from '../../schemas/basics.ts';
import { LanguageChoice, Me, ReminderKinds } from '../../schemas/me.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { Name, Signature, UNDO_SECONDS_MAX } from '../../schemas/settings.ts';

/** The longest that there is has 32 letters. */
const ZONE_CHARS_MAX = 64;

const Body = strict({
  name: Type.Optional(Name),
  language: Type.Optional(orNull(LanguageChoice)),
  timeZone: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: ZONE_CHARS_MAX }))),
  signature: Type.Optional(Signature),
  signatureHtml: Type.Optional(orNull(Signature)),
  undoSeconds: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: UNDO_SECONDS_MAX }))),
  notifications: Type.Optional(
    strict({ mail: Type.Optional(ReminderKinds), browser: Type.Optional(ReminderKinds) }),
  ),
});

/** What agents say of themselves; their password has a call of its own. */
export const changeMe: Route = (api, { database, config }) => {
  api.patch(
    '/me',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['session'],
        summary: 'Change one’s own name, language, zone, signature, undo time and notifications',
        querystring: Nothing,
        body: Body,
        response: { 200: Me, ...problems(...signedInCodes) },
      },
    },
    async (request) => {
      const { company, agent } = whoAsks(request);
      const changes = changesOf(request.body);
      const me = await database.withCompany(company, async (trx) => {
        await updateProfile(trx, agent, changes);
        return readMe(trx, agent);
      });
      return meAnswer(me, config);
    },
  );
};

function changesOf({ notifications, ...body }: Static<typeof Body>): ProfileChanges {
  const { name, timeZone, signatureHtml } = body;
  if (timeZone) requireZone(timeZone);
  return {
    ...body,
    ...(name !== undefined && { name: name.trim() }),
    ...(signatureHtml && {
      signatureHtml: sanitiseMailHtml(signatureHtml, { remoteImages: 'keep' }),
    }),
    ...(notifications?.mail && { mailFor: notifications.mail }),
    ...(notifications?.browser && { noticeFor: notifications.browser }),
  };
}

function requireZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw refused(
      'validation',
      `body field "timeZone": "${timeZone}" is no time zone; give one such as Europe/Stockholm.`,
    );
  }
}
