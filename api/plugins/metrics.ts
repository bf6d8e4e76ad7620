import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

import type { Api } from '../deps.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 8];

/** `/metrics` for Prometheus: requests by route and status, and the process' own numbers. */
export function addMetrics(api: Api): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'postkeep_api_' });
  const labelNames = ['method', 'route', 'status'] as const;
  const requests = new Counter({
    name: 'postkeep_http_requests_total',
    help: 'Answered requests',
    labelNames,
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'postkeep_http_request_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers: [registry],
  });
  api.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    const { method } = request;
    requests.inc({ method, route, status: reply.statusCode });
    durations.observe({ method, route }, reply.elapsedTime / 1000);
  });
  api.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
