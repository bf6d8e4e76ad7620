import type { SaidFact } from '../../domain/ticket/facts.ts';
import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';

/** The messages of an exchange as they were kept for a ticket, oldest first. */
export async function readSaid(
  trx: CompanyTransaction,
  ticket: number,
  exchange: string,
): Promise<SaidFact[]> {
  return select<SaidFact>(
    trx,
    `select id as message,
       case direction when 'in' then 'customer' else 'assistant' end as side
     from message where company = ? and ticket = ? and exchange = ?
     order by at, direction, id`,
    [trx.company, ticket, exchange],
  );
}
