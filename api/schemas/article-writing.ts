import { Type } from '@fastify/type-provider-typebox';

import { Id, Named, orNull } from './basics.ts';
import { NAME_CHARS_MAX, TEXT_CHARS_MAX } from './settings.ts';

/** Which text it is, as `GET /articles/ID/draft` names it. */
export const Revision = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'The `revision` that the writer has seen; with another one now, 409 `news`',
});

/** In the middle of writing nothing has to be there yet. */
export const writtenText = {
  title: Type.String({ maxLength: NAME_CHARS_MAX }),
  body: Type.String({ maxLength: TEXT_CHARS_MAX }),
};

export const Writing = Type.Object({
  title: Type.String(),
  body: Type.String(),
  revision: Type.String({ description: 'Names this text; give it as `base` when saving' }),
  published: Type.Boolean(),
  changed: Type.Boolean({ description: 'Readers see another text' }),
  behind: Type.Boolean({ description: 'A newer version was published since it was begun' }),
  by: orNull(Named),
  at: Type.String(),
});

export const ArticleVersion = Type.Object({
  number: Type.Integer(),
  title: Type.String(),
  by: orNull(Named),
  at: Type.String(),
});

export const WholeVersion = Type.Object({ ...ArticleVersion.properties, body: Type.String() });

/** The largest number that the column `article_version.number` holds. */
const VERSION_MAX = 2_147_483_647;

export const VersionParams = Type.Object({
  id: Id,
  version: Type.Integer({ minimum: 1, maximum: VERSION_MAX }),
});
