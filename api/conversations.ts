import { Type } from '@fastify/type-provider-typebox';

import type { Database } from '../database/client.ts';
import { hashCredential } from '../database/credential-hash.ts';
import { findExchange } from '../database/queries/exchanges.ts';
import type { FoundExchange } from '../database/queries/exchanges.ts';
import { refused } from '../domain/errors.ts';

/** The secret of a conversation in a path or a body: 43 letters. */
export const Conversation = Type.String({
  minLength: 1,
  maxLength: 100,
  description: 'What the first answer called the conversation; whoever knows it goes on with it',
});

/** How long a visitor's questions are kept where they become no ticket. */
export const EXCHANGE_DAYS = 7;

/** @throws RefusedError `not_found`, alike for a wrong one and one of another company or mailbox */
export async function findConversation(
  { lookups }: Database,
  conversation: string,
  within?: { company: string; mailbox: string },
): Promise<FoundExchange> {
  const found = await findExchange(lookups, hashCredential(conversation));
  const isTheirs =
    !within || (found?.company === within.company && found.mailbox === within.mailbox);
  if (!found || !isTheirs) throw conversationOver();
  return found;
}

export function conversationOver() {
  return refused(
    'not_found',
    `There is no such conversation, or it is over: it is kept for ${EXCHANGE_DAYS} days. ` +
      'Leave "conversation" out to begin a new one.',
  );
}
