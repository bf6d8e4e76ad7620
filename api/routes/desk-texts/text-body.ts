import { Type } from '@fastify/type-provider-typebox';

import { deskTextPlaceholders } from '../../../domain/desk-texts.ts';
import { refused } from '../../../domain/errors.ts';
import { unknownPlaceholders, writtenPlaceholder } from '../../../domain/placeholders.ts';
import { strict } from '../../schemas/basics.ts';

/** A page; what is longer is read by nobody. */
const TEXT_CHARS_MAX = 4_000;

export const TextBody = strict({
  text: Type.String({ minLength: 1, maxLength: TEXT_CHARS_MAX, pattern: '\\S' }),
});

/** @throws RefusedError `validation` naming the first placeholder that the mails do not know */
export function requirePlaceholders(text: string): void {
  const [unknown] = unknownPlaceholders(text, deskTextPlaceholders);
  if (unknown === undefined) return;
  const known = deskTextPlaceholders.map(writtenPlaceholder).join(', ');
  const problem = `${writtenPlaceholder(unknown)} is not known in this mail; there are ${known}.`;
  throw refused('validation', `body field "text": ${problem}`);
}
