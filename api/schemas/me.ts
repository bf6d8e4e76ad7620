import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { languages } from '../../domain/languages.ts';
import { reminderKinds } from '../../domain/ticket/events.ts';
import { Named, Time, orNull } from './basics.ts';
import { oneOf } from './one-of.ts';
import { Role } from './settings.ts';

export const LanguageChoice = oneOf(languages);

/** Kinds of reminders, each once. */
export const ReminderKinds = Type.Array(oneOf(reminderKinds), { uniqueItems: true });

export const Me = Type.Object({
  agent: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    role: Role,
    language: orNull(LanguageChoice),
    timeZone: orNull(Type.String({ description: 'IANA name; null: the browser’s' })),
    photo: orNull(Type.String({ description: 'Where the picture is' })),
    signature: Type.String(),
    signatureHtml: orNull(Type.String()),
    undoSeconds: Type.Integer({ description: 'As chosen, else as the company says' }),
    ownUndoSeconds: orNull(Type.Integer({ description: 'null: as the company says' })),
    notifications: Type.Object({
      mail: Type.Array(oneOf(reminderKinds), { description: 'Reminders that come by mail too' }),
      browser: Type.Array(oneOf(reminderKinds)),
    }),
  }),
  company: Type.Object({
    ...Named.properties,
    limits: Type.Object({
      attachmentBytesMax: Type.Integer({ description: 'One file' }),
      mailBytesMax: Type.Integer({ description: 'All files of a mail' }),
    }),
    firstSteps: Type.Boolean({ description: 'Whether some are left to do' }),
  }),
  teams: Type.Array(Named),
});
export type MeAnswer = Static<typeof Me>;

export const Session = Type.Object({
  signedInAt: Time,
  expiresAt: Time,
  browser: Type.String({ description: 'As it names itself' }),
  address: orNull(Type.String({ description: 'Where it was signed in from' })),
  current: Type.Boolean({ description: 'The one that asks' }),
});
