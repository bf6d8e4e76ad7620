import { Type } from '@fastify/type-provider-typebox';

import { Id, Named, orNull } from './basics.ts';
import { Address } from './settings.ts';

/** A note is a remark, no manual: some five pages. */
const NOTE_CHARS_MAX = 20_000;

export const NoteText = Type.String({ minLength: 1, maxLength: NOTE_CHARS_MAX, pattern: '\\S' });

export const CustomerNote = Type.Object({
  id: Type.String(),
  at: Type.String(),
  by: orNull(Named),
  text: Type.String(),
  editedAt: orNull(Type.String()),
});

export const CustomerNoteParams = Type.Object({ id: Id, note: Id });

export const AddressParams = Type.Object({ id: Id, address: Address });

/** A customer among others. */
export const FoundCustomer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
});

export const Customer = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  addresses: Type.Array(Type.String()),
  createdAt: Type.String(),
  tickets: Type.Integer({ description: 'How many there are' }),
  notes: Type.Array(CustomerNote, { description: 'Newest first' }),
  merged: Type.Array(
    Type.Object({
      id: Type.String(),
      name: orNull(Type.String({ description: 'What it was called' })),
      at: orNull(Type.String()),
      by: orNull(Named),
    }),
    { description: 'Customers that agents made part of this one, the newest first' },
  ),
});
