import type { Database } from '../../database/client.ts';
import { findDelivery } from '../../database/queries/sent-mail.ts';
import { refused } from '../../domain/errors.ts';
import { sentState } from '../schemas/sending.ts';

/** An outgoing mail and where it stands, as calls about it answer. */
export async function showMessage(database: Database, company: string, id: string) {
  const found = await database.withCompany(company, (trx) => findDelivery(trx, id));
  if (!found) throw noSuchMessage(id);
  const { ticket, state, sendAt } = found;
  return { message: { id, ticket, sendAt, state: sentState(state) } };
}

/** The ticket of an outgoing mail. @throws RefusedError `not_found` for any other id */
export async function ticketOfMessage(
  database: Database,
  company: string,
  id: string,
): Promise<number> {
  const found = await database.withCompany(company, (trx) => findDelivery(trx, id));
  if (!found) throw noSuchMessage(id);
  return found.ticket;
}

function noSuchMessage(id: string) {
  return refused('not_found', `There is no outgoing mail "${id}".`);
}
