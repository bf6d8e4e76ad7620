import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';

import { checkResults, verdicts } from '../../domain/authentication.ts';
import { messageKinds } from '../../domain/ticket/ticket.ts';
import { orNull } from './basics.ts';
import { oneOf } from './one-of.ts';

export const actorKinds = [
  'agent',
  'customer',
  'operations',
  'assistant',
  'timer',
  'desk',
] as const;

/** Where a mail stands. A mail that is tried again later is `sending` with `nextTryAt`. */
export const messageStates = [
  'received',
  'draft',
  'scheduled',
  'sending',
  'sent',
  'bounced',
  'failed',
  'uncertain',
] as const;

const entry = {
  id: Type.String({ description: 'Orders the timeline; what `seen` of a reply names' }),
  at: Type.String(),
  by: Type.Object({
    kind: oneOf(actorKinds),
    id: Type.Optional(Type.String()),
    name: Type.Optional(Type.String()),
  }),
};

export const Attachment = Type.Object({
  id: Type.String(),
  filename: Type.String(),
  contentType: Type.String(),
  size: Type.Integer({ description: 'bytes' }),
  inline: Type.Boolean(),
  contentId: orNull(Type.String()),
  threat: orNull(Type.String({ description: 'what was found in it; then ask with `anyway`' })),
});

/** Who sent a mail, as far as it could be checked; null for what had no sending server. */
export const Authentication = Type.Object({
  verdict: oneOf(verdicts),
  spf: oneOf(checkResults),
  dkim: oneOf(checkResults),
  dmarc: oneOf(checkResults),
  arc: oneOf(checkResults),
  domain: orNull(Type.String({ description: 'The domain of the From address' })),
  policy: orNull(oneOf(['none', 'quarantine', 'reject'])),
  checkedBy: Type.String({ description: 'postkeep, or the server that is trusted for it' }),
});

export const MessageEntry = Type.Object({
  ...entry,
  kind: Type.Literal('message'),
  message: Type.String({ description: 'The id for /messages/ID' }),
  messageKind: oneOf(['customer', ...messageKinds]),
  mail: orNull(Type.String({ description: 'The id in the ledger, of incoming mail' })),
  direction: oneOf(['in', 'out']),
  state: oneOf(messageStates),
  sentAt: orNull(Type.String()),
  sendAt: orNull(Type.String({ description: 'When it leaves, while it waits' })),
  nextTryAt: orNull(Type.String()),
  reason: orNull(Type.String({ description: 'What the other server said last' })),
  refused: Type.Array(Type.Object({ address: Type.String(), reason: Type.String() }), {
    description: 'Whom the other server refused while it took the mail for others, in its words',
  }),
  from: Type.Object({ name: Type.String(), email: Type.String() }),
  to: Type.Array(Type.String()),
  cc: Type.Array(Type.String()),
  bcc: Type.Array(Type.String(), { description: 'Of ours only; the others do not see them' }),
  subject: Type.String(),
  text: Type.String(),
  replyText: Type.String(),
  quotedText: Type.String(),
  html: orNull(Type.String()),
  attachments: Type.Array(Attachment),
  messageId: orNull(Type.String()),
  automatic: Type.Boolean(),
  authentication: orNull(Authentication),
  ticket: Type.Integer({
    description: 'Its ticket: another one than the page’s when it was made one of its own',
  }),
  stranger: Type.Boolean({
    description: 'Its sender had no part in the ticket before, but somebody in it wrote to them',
  }),
  forwardedBy: orNull(Type.Object({ id: Type.String(), name: Type.String() })),
  warning: orNull(Type.String({ description: 'What to know before believing it' })),
  remoteImages: Type.Boolean({
    description: 'Whether its remote images may load unasked: an agent said so of its sender',
  }),
  exchange: Type.Boolean({
    description: 'Asked or answered on a page before there was a ticket: no mail',
  }),
});

export const NoteEntry = Type.Object({
  ...entry,
  kind: Type.Literal('note'),
  note: Type.String(),
  text: Type.String(),
  mentions: Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
    description: 'The agents whom it calls',
  }),
  editedAt: orNull(Type.String()),
  deleted: Type.Boolean({ description: 'Its words are gone' }),
});

/** A note whose words were changed. */
export const ChangedNote = Type.Object({ id: Type.String(), text: Type.String() });

export const EventEntry = Type.Object({
  ...entry,
  kind: Type.Literal('event'),
  type: Type.String(),
  data: Type.Record(Type.String(), Type.Unknown(), {
    description: 'Its facts; agents, teams and labels as {id, name}',
  }),
});

/** What a timeline is made of. The kinds share `id`, `at` and `by`. */
export const TimelineEntry = Type.Union([MessageEntry, NoteEntry, EventEntry]);

export type TimelineEntry = Static<typeof TimelineEntry>;
export type MessageEntry = Static<typeof MessageEntry>;
export type NoteEntry = Static<typeof NoteEntry>;
export type EventEntry = Static<typeof EventEntry>;
