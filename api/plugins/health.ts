import type { Api, ApiDeps } from '../deps.ts';

/** A dependency that takes longer to answer is as good as away. */
const CHECK_TIMEOUT_MS = 2_000;

/**
 * `/healthz`: the process lives. `/readyz`: each dependency's state. Reads go on while only
 * Temporal is away, so it is the database alone that makes the API not ready.
 */
export function addHealth(api: Api, { checks }: Pick<ApiDeps, 'checks'>): void {
  api.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  api.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const states = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await stateOf(check)] as const),
    );
    const away = states.filter(([, state]) => state === 'away').map(([name]) => name);
    const ready = !away.includes('database');
    const status = away.length === 0 ? 'ok' : ready ? 'degraded' : 'unavailable';
    return reply.code(ready ? 200 : 503).send({ status, ...Object.fromEntries(states) });
  });
}

async function stateOf(check: () => Promise<unknown>): Promise<'ok' | 'away'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'away'>((resolve) => {
    timer = setTimeout(() => resolve('away'), CHECK_TIMEOUT_MS);
  });
  const answered = check().then(
    () => 'ok' as const,
    () => 'away' as const,
  );
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}
