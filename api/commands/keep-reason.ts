import type { CompanyTransaction } from '../../database/client.ts';
import { newId } from '../../database/new-id.ts';
import { keepText } from '../../database/queries/facts.ts';
import type { OnceIds } from '../plugins/idempotency.ts';

/**
 * Keeps the words of a reason where they can be erased; the log gets the id of the text. Null for
 * a reason without words. `ids` has one for the name `reason`.
 */
export async function keepReason(
  trx: CompanyTransaction,
  ticket: number,
  reason: string | null | undefined,
  ids: OnceIds,
): Promise<string | null> {
  const words = reason?.trim() ?? '';
  if (words === '') return null;
  const id = ids.id('reason');
  await keepText(trx, ticket, id, words);
  return id;
}

/** A new id for a reason, in the shape that {@link keepReason} looks it up by. */
export function reasonId(): { reason: string } {
  return { reason: `reason-${newId()}` };
}
