import { Type } from '@fastify/type-provider-typebox';

import { Id, Named, orNull, strict } from './basics.ts';
import { LongText, Name } from './settings.ts';

/** Three names deep with slashes between them; deeper ones are found by searching. */
export const FOLDER_CHARS_MAX = 200;

/** More labels than that sort nothing. */
export const LABELS_MAX = 20;

/** Price lists, forms, a picture or two; a mail takes no more than 25 MiB anyway. */
const FILES_MAX = 10;

/** A year: what comes back later than that is a note in a calendar. */
export const DAYS_MAX = 366;

/** One of the two. */
const AfterSend = Type.Object(
  {
    solve: Type.Optional(strict({ summary: Type.Boolean() })),
    pend: Type.Optional(strict({ days: Type.Integer({ minimum: 1, maximum: DAYS_MAX }) })),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'What sending the answer does besides',
  },
);

/** Names with slashes between them, none at either end; '' stands above all folders. */
export const Folder = Type.String({
  maxLength: FOLDER_CHARS_MAX,
  pattern: '^$|^[^/]+(/[^/]+)*$',
});

export const CannedResponse = Type.Object({
  id: Type.String(),
  title: Type.String(),
  body: Type.String(),
  folder: Type.String({ description: 'Names with slashes between them; empty: in none' }),
  personal: Type.Boolean({ description: 'Only its agent sees it' }),
  agent: orNull(Named),
  labels: Type.Array(Type.String(), { description: 'The ticket gets them when it is used' }),
  afterSend: orNull(AfterSend),
  attachments: Type.Array(
    Type.Object({
      id: Type.String(),
      filename: Type.String(),
      contentType: Type.String(),
      size: Type.Integer(),
    }),
  ),
  used: Type.Integer({ description: 'How often it was put into an answer' }),
  usedAt: orNull(Type.String()),
  createdAt: Type.String(),
});

export const cannedFields = {
  title: Type.Optional(Name),
  body: Type.Optional(LongText),
  folder: Type.Optional(Folder),
  personal: Type.Optional(Type.Boolean()),
  labels: Type.Optional(Type.Array(Name, { maxItems: LABELS_MAX })),
  afterSend: Type.Optional(orNull(AfterSend)),
  attachments: Type.Optional(
    Type.Array(Id, { maxItems: FILES_MAX, description: 'Of /uploads, or those it has' }),
  ),
};
