import { Type } from '@fastify/type-provider-typebox';

import { deskTextKinds } from '../../domain/desk-texts.ts';
import { languages } from '../../domain/languages.ts';
import { orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

const bytes = (what: string) => Type.Integer({ description: what });

export const CompanySettings = Type.Object({
  language: oneOf(languages),
  undoSeconds: Type.Integer({ description: 'For agents who chose none' }),
  reopenDays: orNull(Type.Number({ description: 'null: as the server has it' })),
  attachmentBytesMax: orNull(bytes('One file; null: as the server has it')),
  mailBytesMax: orNull(bytes('All files of a mail; null: as the server has it')),
  accentColor: orNull(
    Type.String({ description: 'On pages for customers, #rrggbb; null: the desk’s own' }),
  ),
  server: Type.Object({
    reopenDays: Type.Number(),
    attachmentBytesMax: bytes('No company takes more'),
    mailBytesMax: bytes('No company takes more'),
  }),
});

export const DeskText = Type.Object({
  kind: oneOf(deskTextKinds),
  language: oneOf(languages),
  text: Type.String(),
  isOwn: Type.Boolean({ description: 'False: the words are the desk’s' }),
});

export const DeskTextParams = Type.Object({
  kind: oneOf(deskTextKinds),
  language: oneOf(languages),
});
