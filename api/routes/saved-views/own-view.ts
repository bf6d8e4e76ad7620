import type { CompanyTransaction } from '../../../database/client.ts';
import { readSavedView } from '../../../database/queries/saved-views.ts';
import type { CountedView } from '../../../database/queries/saved-views.ts';
import { readAgentRole } from '../../../database/queries/sign-in.ts';
import { refused } from '../../../domain/errors.ts';
import { found } from '../../missing.ts';

/**
 * The view, for whoever saved it, and for admins when it is shared.
 * @throws RefusedError `not_found`, `forbidden`
 */
export async function mayChangeView(
  trx: CompanyTransaction,
  agent: string,
  id: string,
): Promise<CountedView> {
  const view = found(await readSavedView(trx, agent, id), 'saved view', id);
  if (view.agent.id === agent || (await readAgentRole(trx, agent)) === 'admin') return view;
  throw refused('forbidden', `${view.agent.name} shared this view; ask them or an administrator.`);
}
