import type { CompanyTransaction } from '../client.ts';
import type { Page, PageRequest } from '../keyset.ts';
import { listByName } from './by-name.ts';
import { likePattern } from './ticket-text-search.ts';

export interface FoundCustomer {
  id: string;
  name: string;
  email: string;
}

/** Customers by name, narrowed to those whose name or one of whose addresses has every word. */
export async function listCustomers(
  trx: CompanyTransaction,
  request: PageRequest & { q?: string },
): Promise<Page<FoundCustomer>> {
  const { q = '', ...page } = request;
  const asked = q
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const pattern = likePattern(word);
      return {
        sql: `(c.name ilike ? or c.email ilike ? or exists (select from customer_address a
          where a.company = c.company and a.customer = c.id and a.address ilike ?))`,
        bindings: [pattern, pattern, pattern],
      };
    });
  return listByName<FoundCustomer>(trx, {
    from: 'select c.id, c.name, c.email from customer c',
    name: 'c.name',
    id: 'c.id',
    conditions: [{ sql: 'c.merged_into is null', bindings: [] }, ...asked],
    ...page,
  });
}
