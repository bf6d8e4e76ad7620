import { select } from '../client.ts';
import type { CompanyTransaction } from '../client.ts';
import { notifyAccess } from './live.ts';

export interface SessionRow {
  signedInAt: string;
  expiresAt: string;
  /** As the browser names itself; '' when nobody knows. */
  browser: string;
  /** Where it was signed in from. */
  address: string | null;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** An agent's sessions that go on, the newest first; `own` is the hash of the one that asks. */
export async function listSessions(
  trx: CompanyTransaction,
  agent: string,
  own: string,
): Promise<SessionRow[]> {
  return select<SessionRow>(
    trx,
    `select created_at as "signedInAt", expires_at as "expiresAt", browser, address,
       hash = ? as current
     from session where agent = ? and expires_at > now() order by created_at desc, hash`,
    [own, agent],
  );
}

/** Signs an agent out everywhere but in the session that `own` is the hash of. */
export async function endOtherSessions(
  trx: CompanyTransaction,
  agent: string,
  own: string,
): Promise<void> {
  await select(trx, 'delete from session where agent = ? and hash <> ?', [agent, own]);
  await notifyAccess(trx);
}
