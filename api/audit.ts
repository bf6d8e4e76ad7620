import type { FastifyRequest } from 'fastify';

import type { CompanyTransaction } from '../database/client.ts';
import { insertAudit } from '../database/queries/audit.ts';
import type { AuditFacts } from '../database/queries/audit.ts';
import { whoAsks } from './plugins/authentication.ts';

/**
 * Says in the audit log what the call changes, in the transaction that changes it. A test asks
 * every changing call for admins for its entry.
 */
export async function audit(
  trx: CompanyTransaction,
  request: FastifyRequest,
  facts: AuditFacts,
): Promise<void> {
  const { agent: actor, via: way } = whoAsks(request);
  await insertAudit(trx, { actor, way }, facts);
}
