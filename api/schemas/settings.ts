import { Type } from '@fastify/type-provider-typebox';

import { agentRoles } from '../../database/queries/agents.ts';
import { assistantModes } from '../../database/queries/mailboxes.ts';
import { Named, orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

/** A name is one line in a list; the longest real ones have some 60 letters. */
const NAME_CHARS_MAX = 100;

/** A canned response or an article is a long letter at most: 20 pages. */
const TEXT_CHARS_MAX = 100_000;

/** Some 20 lines with a disclaimer. */
const SIGNATURE_CHARS_MAX = 5_000;

/** Not only blanks. */
export const Name = Type.String({ minLength: 1, maxLength: NAME_CHARS_MAX, pattern: '\\S' });
export const LongText = Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX, pattern: '\\S' });
export const Signature = Type.String({ maxLength: SIGNATURE_CHARS_MAX });
export const Role = oneOf(agentRoles);
export const Assistant = oneOf(assistantModes);

export const Label = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
});

export const Team = Type.Object({
  id: Type.String(),
  name: Type.String(),
  agents: Type.Array(Named, { description: 'The active ones' }),
  createdAt: Type.String(),
});

export const Agent = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: Role,
  active: Type.Boolean(),
  teams: Type.Array(Named),
  undoSeconds: Type.Integer(),
  hasPassword: Type.Boolean({ description: 'False while an invitation is open' }),
  createdAt: Type.String(),
});

export const Mailbox = Type.Object({
  id: Type.String(),
  address: Type.String(),
  name: Type.String(),
  team: orNull(Named),
  signature: Type.String(),
  acknowledge: Type.Boolean(),
  assistant: Assistant,
  createdAt: Type.String(),
});

export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  agent: Named,
  createdAt: Type.String(),
});

export const CannedResponse = Type.Object({
  id: Type.String(),
  title: Type.String(),
  body: Type.String(),
  personal: Type.Boolean({ description: 'Only its agent sees it' }),
  agent: orNull(Named),
  createdAt: Type.String(),
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
  labels: Type.Array(Type.String()),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});
