import { Type } from '@fastify/type-provider-typebox';

import { Id, Time, orNull, strict } from './basics.ts';
import { oneOf } from './one-of.ts';

/** A sentence or two; longer ones are a note. */
const REASON_CHARS_MAX = 500;

/** A subject line; mail programs show 60 to 200 letters. */
const SUBJECT_CHARS_MAX = 500;

/** A long answer; what is longer is a file. */
const TEXT_CHARS_MAX = 500_000;
const HTML_CHARS_MAX = 1_000_000;

/** Files of one mail; twice what a person attaches on a bad day. */
const FILES_MAX = 50;

const ADDRESS_FIELD_CHARS_MAX = 1_000;
const ADDRESSES_MAX = 50;

/** Undo seconds that an agent may choose (product.md, Honest sending). */
const UNDO_SECONDS_MAX = 60;

const Address = Type.String({ minLength: 1, maxLength: ADDRESS_FIELD_CHARS_MAX });

/** One address or several, each with or without a name. */
export const Addresses = Type.Union([
  Address,
  Type.Array(Address, { minItems: 1, maxItems: ADDRESSES_MAX }),
]);
const Copies = Type.Union([Address, Type.Array(Address, { maxItems: ADDRESSES_MAX })]);

export const Until = Time;
export const Reason = Type.String({ maxLength: REASON_CHARS_MAX });
export const Subject = Type.String({ minLength: 1, maxLength: SUBJECT_CHARS_MAX });

const written = {
  text: Type.Optional(Type.String({ maxLength: TEXT_CHARS_MAX })),
  html: Type.Optional(Type.String({ maxLength: HTML_CHARS_MAX })),
  cc: Type.Optional(Copies),
  bcc: Type.Optional(Copies),
  attachments: Type.Optional(Type.Array(Id, { maxItems: FILES_MAX, description: 'of /uploads' })),
};

const sending = {
  ...written,
  undoSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: UNDO_SECONDS_MAX })),
  sendAt: Type.Optional(Time),
  dropIfCustomerWrites: Type.Optional(Type.Boolean()),
};

const Pend = strict({ until: Until, reason: Type.Optional(orNull(Reason)) });
const Solve = strict({ summary: Type.Optional(Type.Boolean({ default: false })) });

/** What follows when the undo time is over: one of the two. */
const Then = Type.Object(
  { pend: Type.Optional(Pend), solve: Type.Optional(Solve) },
  { additionalProperties: false, minProperties: 1, maxProperties: 1 },
);

export const ClaimBody = strict({ takeover: Type.Optional(Type.Boolean()) });
export const AgentBody = strict({ agent: Id });
export const PendBody = Pend;
export const SolveBody = Solve;
export const AutoSolveBody = strict({ at: orNull(Time) });
export const TeamBody = strict({ team: orNull(Id) });
export const RenameBody = strict({ subject: Subject });

export const ReplyBody = strict({
  ...sending,
  to: Type.Optional(Addresses),
  seen: Type.Optional(
    Type.String({ pattern: '^\\d{1,9}$', description: 'The last timeline id; newer ones: 409' }),
  ),
  then: Type.Optional(Then),
});

export const ComposeBody = strict({
  ...sending,
  mailbox: Type.Optional(Id),
  to: Addresses,
  subject: Subject,
});

export const NoteBody = strict({
  text: Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX, pattern: '\\S' }),
  mentions: Type.Optional(Type.Array(Id, { maxItems: ADDRESSES_MAX })),
});

// Half-typed addresses are kept as they are.
const HalfTyped = Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: ADDRESSES_MAX });

/** What an agent writes on a ticket: to the customer, or for colleagues. */
const writingModes = ['reply', 'note'] as const;

export const DraftBody = strict({
  text: Type.Optional(Type.String({ maxLength: TEXT_CHARS_MAX })),
  html: Type.Optional(orNull(Type.String({ maxLength: HTML_CHARS_MAX }))),
  to: Type.Optional(orNull(HalfTyped)),
  cc: Type.Optional(HalfTyped),
  bcc: Type.Optional(HalfTyped),
  mode: Type.Optional(oneOf(writingModes)),
  note: Type.Optional(Type.String({ maxLength: TEXT_CHARS_MAX })),
  attachments: Type.Optional(Type.Array(Id, { maxItems: FILES_MAX })),
  base: Type.Optional(
    orNull(Type.String({ maxLength: 50, description: '`updatedAt` of what it was made from' })),
  ),
});

const draftWords = {
  text: Type.String(),
  html: orNull(Type.String()),
  note: Type.String(),
  updatedAt: orNull(Type.String()),
};

export const DraftAnswer = Type.Object({
  ...draftWords,
  to: orNull(Type.Array(Type.String())),
  cc: Type.Array(Type.String()),
  bcc: Type.Array(Type.String()),
  mode: oneOf(writingModes),
  attachments: Type.Array(
    Type.Object({
      id: Type.String(),
      filename: Type.String(),
      contentType: Type.String(),
      size: Type.Integer(),
    }),
  ),
});

/** The newest draft wins; what it took the place of, unless its writer had seen it, is told. */
export const SavedDraft = Type.Object({
  ...DraftAnswer.properties,
  replaced: orNull(Type.Object(draftWords)),
});
