import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';

import type { Api } from '../deps.ts';
import { describeCall, withOptionalBodies } from './described-calls.ts';

const DESCRIPTION = `Everything that the console does is a call of this API. Errors are RFC 9457
problem documents with a stable \`code\`. Changing calls take an optional \`Idempotency-Key\`.
Lists page by \`?limit=&cursor=\`. Times are ISO 8601 in UTC.`;

/** The page's own scripts and nothing of elsewhere; it sets styles on its elements. */
const DOCS_POLICY = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'connect-src': ["'self'"],
  'frame-ancestors': ["'none'"],
  'img-src': ["'self'", 'data:'],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
};

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
    transform: ({ schema, url, route }) => ({ schema: describeCall(schema, route), url }),
  });
  await api.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: { docExpansion: 'none', deepLinking: true },
  });
  api.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .send(JSON.stringify(withOptionalBodies(api.swagger()))),
  );
}
