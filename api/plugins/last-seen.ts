import { markSeen } from '../../database/queries/sign-in.ts';
import type { Api, ApiDeps } from '../deps.ts';

/** Near enough for "last seen", and next to no writing. */
const EVERY_MS = 5 * 60_000;

/** Credentials that are remembered; the oldest are forgotten first, and written again. */
const REMEMBERED_MAX = 10_000;

/** Notes when agents were here and when tokens were used, a few minutes exact. */
export function addLastSeen(api: Api, { database }: Pick<ApiDeps, 'database'>): void {
  const seen = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  api.addHook('onClose', () => Promise.all(underWay));
  api.addHook('onResponse', async (request) => {
    const { signedIn } = request;
    if (!signedIn) return;
    const { company, agent, via, credential } = signedIn;
    const now = Date.now();
    if (now - (seen.get(credential) ?? 0) < EVERY_MS) return;
    seen.delete(credential);
    seen.set(credential, now);
    const oldest = seen.keys().next();
    if (seen.size > REMEMBERED_MAX && !oldest.done) seen.delete(oldest.value);
    const writing = database
      .withCompany(company, (trx) => markSeen(trx, agent, via === 'token' ? credential : null))
      .catch((error: unknown) => {
        request.log.warn({ err: error }, 'when an agent was here was not noted');
      })
      .finally(() => underWay.delete(writing));
    underWay.add(writing);
  });
}
