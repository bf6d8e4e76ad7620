import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';

import type { Api } from '../deps.ts';
import { problems } from '../schemas/problem.ts';

const DESCRIPTION = `Everything that the console does is a call of this API. Errors are RFC 9457
problem documents with a stable \`code\`. Changing calls take an optional \`Idempotency-Key\`.
Lists page by \`?limit=&cursor=\`. Times are ISO 8601 in UTC.`;

/** Either of the two ways to say who asks. */
const SIGNED_IN: readonly { [scheme: string]: readonly string[] }[] = [
  { session: [] },
  { token: [] },
];

/** `/api/openapi.json`, and a page to browse it at `/api/docs`. Comes before the routes. */
export async function addDocumentation(api: Api): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Postkeep', version: '1', description: DESCRIPTION },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'postkeep_session' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    refResolver: {
      buildLocalReference: (json, _baseUri, _fragment, index) =>
        typeof json.$id === 'string' ? json.$id : `schema-${index}`,
    },
    transform: ({ schema, url, route }) => {
      const isPublic = route.config?.auth === undefined || route.config.auth === 'public';
      const response = isSafe(route.method) ? schema.response : withBodyRefusals(schema.response);
      return { schema: { security: isPublic ? [] : SIGNED_IN, ...schema, response }, url };
    },
  });
  await api.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    uiConfig: { docExpansion: 'none', deepLinking: true },
  });
  api.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(api.swagger())),
  );
}

function isSafe(method: string | readonly string[]): boolean {
  return [method].flat().every((one) => one === 'GET' || one === 'HEAD');
}

/** What any changing call may meet before it comes to its own rules. */
function withBodyRefusals(response: unknown): object {
  const own = typeof response === 'object' && response !== null ? response : {};
  return { ...problems('too_large', 'type_not_allowed', 'idempotency_mismatch'), ...own };
}
