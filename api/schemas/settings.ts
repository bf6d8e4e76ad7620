import { Type } from '@fastify/type-provider-typebox';

import { accountMailStates } from '../../database/queries/account-mail.ts';
import { agentRoles } from '../../database/queries/agents.ts';
import { Id, Named, orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

/** A name is one line in a list; the longest real ones have some 60 letters. */
export const NAME_CHARS_MAX = 100;

/** A canned response or an article is a long letter at most: 20 pages. */
export const TEXT_CHARS_MAX = 100_000;

/** Some 20 lines with a disclaimer. */
const SIGNATURE_CHARS_MAX = 5_000;

/** What people type into a search field; a pasted order confirmation is cut by themselves. */
const SEARCH_CHARS_MAX = 500;

/** RFC 5321 allows 64 + 1 + 255 characters. */
const ADDRESS_CHARS_MAX = 320;

/** More labels than that sort nothing. */
const ARTICLE_LABELS_MAX = 50;

/** Anything shorter is guessed; argon2 reads any length, but not for nothing. */
const PASSWORD_CHARS_MIN = 8;
const PASSWORD_CHARS_MAX = 1_000;

/** Contract: product.md, "Honest sending". */
export const UNDO_SECONDS_MAX = 60;

/** An agent of more teams is in all of them. */
export const TEAMS_MAX = 200;

/** Everybody of a large company. */
export const TEAM_AGENTS_MAX = 2_000;

export const Password = Type.String({
  minLength: PASSWORD_CHARS_MIN,
  maxLength: PASSWORD_CHARS_MAX,
});
export const SearchText = Type.String({ maxLength: SEARCH_CHARS_MAX });
export const Address = Type.String({ minLength: 3, maxLength: ADDRESS_CHARS_MAX });
/** BCP 47: a language, and perhaps its script and its region. */
export const Language = Type.String({
  pattern: '^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?$',
});
export const Settled = Type.Boolean({
  description: 'Not while somebody types: it is kept for the report',
});
/** Not only blanks. */
export const Name = Type.String({ minLength: 1, maxLength: NAME_CHARS_MAX, pattern: '\\S' });
export const LongText = Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX, pattern: '\\S' });
export const Signature = Type.String({ maxLength: SIGNATURE_CHARS_MAX });
export const Role = oneOf(agentRoles);

export const Company = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
});

export const Label = Type.Object({
  id: Type.String(),
  name: Type.String(),
  tickets: Type.Integer({ description: 'How many have it' }),
  createdAt: Type.String(),
});

export const Team = Type.Object({
  id: Type.String(),
  name: Type.String(),
  agents: Type.Array(Named, { description: 'The active ones' }),
  openTickets: Type.Integer({ description: 'Its new, open and pending tickets' }),
  mailboxes: Type.Array(Named, { description: 'Whose new tickets it gets' }),
  createdAt: Type.String(),
});

/** The newest one of an agent who has no password yet. */
export const Invitation = Type.Object({
  sentAt: Type.String(),
  expiresAt: Type.String(),
  expired: Type.Boolean(),
  mail: oneOf(accountMailStates),
  reason: orNull(Type.String({ description: 'What the mail server said, when it did not leave' })),
});

export const Agent = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Role,
  active: Type.Boolean(),
  teams: Type.Array(Named),
  photo: orNull(Type.String({ description: 'Where the picture is' })),
  undoSeconds: Type.Integer(),
  hasPassword: Type.Boolean({ description: 'False while an invitation is open' }),
  invitation: orNull(Invitation),
  openTickets: Type.Integer({ description: 'Open and pending ones that the agent owns' }),
  seenAt: orNull(Type.String({ description: 'Within a few minutes; null: never' })),
  createdAt: Type.String(),
});

export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  agent: Named,
  createdAt: Type.String(),
  usedAt: orNull(Type.String({ description: 'Within a few minutes; null: never' })),
});

/** The answer that makes one. */
export const NewToken = Type.Object({
  ...Token.properties,
  token: Type.String({ description: 'The secret; it is shown only here' }),
});

export const KnowledgeBase = Type.Object({
  id: Type.String(),
  name: Type.String(),
  public: Type.Boolean({ description: 'Customers are answered from public ones only' }),
  articles: Type.Integer({ description: 'How many there are' }),
  createdAt: Type.String(),
});

export const Article = Type.Object({
  id: Type.String(),
  knowledgeBase: Named,
  title: Type.String(),
  body: Type.String(),
  language: Type.String(),
  published: Type.Boolean(),
  version: orNull(Type.Integer({ description: 'The newest published text; null: none yet' })),
  changed: Type.Boolean({ description: 'Its writers have changes that are not published' }),
  labels: Type.Array(Type.String()),
  helped: Type.Object(
    { yes: Type.Integer(), no: Type.Integer() },
    { description: 'How many readers say that it helped them' },
  ),
  fromTicket: orNull(Type.Integer({ description: 'The number of the ticket it was made of' })),
  translations: Type.Array(
    Type.Object({
      id: Type.String(),
      language: Type.String(),
      title: Type.String(),
      published: Type.Boolean(),
    }),
  ),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

export const articleFields = {
  translationOf: Type.Optional(
    orNull(Type.String({ description: 'An article that says the same; null: none' })),
  ),
  knowledgeBase: Type.Optional(Id),
  title: Type.Optional(Name),
  body: Type.Optional(LongText),
  language: Type.Optional(Language),
  published: Type.Optional(Type.Boolean()),
  labels: Type.Optional(Type.Array(Name, { maxItems: ARTICLE_LABELS_MAX })),
};
