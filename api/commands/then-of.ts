import type { CompanyTransaction } from '../../database/client.ts';
import type { Then } from '../../domain/ticket/ticket.ts';
import type { OnceIds } from '../plugins/idempotency.ts';
import { keepReason } from './keep-reason.ts';

/** What a reply's body asks for after its undo time. */
export interface AskedThen {
  pend?: { until: string; reason?: string | null };
  solve?: { summary?: boolean };
}

/** The same in the domain's words; the reason becomes a text of its own. */
export async function thenOf(
  trx: CompanyTransaction,
  ticket: number,
  asked: AskedThen | undefined,
  ids: OnceIds,
): Promise<Then | null> {
  if (asked?.pend) {
    const { until, reason } = asked.pend;
    return { pend: { until, reason: await keepReason(trx, ticket, reason, ids) } };
  }
  return asked?.solve ? { solve: { summary: asked.solve.summary ?? false } } : null;
}
