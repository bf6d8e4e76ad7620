import { Type } from '@fastify/type-provider-typebox';
import type { TObject, TProperties, TSchema } from '@fastify/type-provider-typebox';

import { oneOf } from './one-of.ts';

/** The largest number that the column `ticket.number` holds. */
const TICKET_NUMBER_MAX = 2_147_483_647;

/** Ours have 36 letters, derived ones a few more. */
const ID_LENGTH_MAX = 200;

export const Id = Type.String({ minLength: 1, maxLength: ID_LENGTH_MAX });
export const TicketNumber = Type.Integer({ minimum: 1, maximum: TICKET_NUMBER_MAX });

/** ISO 8601 in UTC or with an offset. */
export const Time = Type.String({ format: 'date-time' });

export const Named = Type.Object({ id: Type.String(), name: Type.String() });

export const IdParams = Type.Object({ id: Id });
export const TicketParams = Type.Object({ number: TicketNumber });
export const NextParams = Type.Object({ number: TicketNumber, id: Id });
export const SuggestionParams = Type.Object({
  number: TicketNumber,
  suggestion: Id,
  mark: oneOf(['used', 'dismissed']),
});
export const ParticipantParams = Type.Object({ number: TicketNumber, agent: Id });
export const NoteParams = Type.Object({ number: TicketNumber, note: Id });
export const LabelParams = Type.Object({
  number: TicketNumber,
  name: Type.String({ minLength: 1, maxLength: 200 }),
});

export function orNull<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** A body or query in which an unknown field is refused by name. */
export function strict<T extends TProperties>(fields: T): TObject<T> {
  return Type.Object(fields, { additionalProperties: false });
}

/** For calls that take no field, and for those without a query. */
export const Nothing = strict({});

/** `?limit=&cursor=`: more than the largest page is clamped, not refused. */
export const PAGE_LIMIT_MAX = 200;
export const PAGE_LIMIT_DEFAULT = 50;
export const pageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, default: PAGE_LIMIT_DEFAULT })),
  cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1_000 })),
};

export function page<T extends TSchema>(item: T) {
  return Type.Object({ items: Type.Array(item), nextCursor: orNull(Type.String()) });
}

export function clampLimit(limit: number | undefined): number {
  return Math.min(limit ?? PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX);
}
