import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { addJsonRoutes } from './json-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { errorPage } from './pages.ts';
import { type CatcherDeps, createServer, sendPage } from './server.ts';

/** The page looks as the console does: one source for its colors and sizes. */
const STYLESHEETS = {
  'tokens.css': new URL('../../web/src/lib/styles/tokens.css', import.meta.url),
  'catcher.css': new URL('./catcher.css', import.meta.url),
};
/** Nothing but our own styles and the frame with the mail; no script at all. */
const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The catcher's page and its JSON. */
export function buildCatcher(deps: CatcherDeps): FastifyInstance {
  const app = createServer(deps.logger);
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => {
      done(null, Object.fromEntries(new URLSearchParams(String(body))));
    },
  );
  app.addHook('onRequest', (request, reply, done) => {
    const site = request.headers['sec-fetch-site'];
    // Another page in the same browser must not write mail in the customer's name.
    if (request.method !== 'GET' && site !== undefined && site !== 'same-origin') {
      void reply.code(403).send({ error: 'forms are taken from the catcher’s own pages only' });
      return;
    }
    done();
  });
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('content-security-policy')) {
      void reply.header('content-security-policy', PAGE_POLICY);
    }
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    done(null, payload);
  });
  for (const [name, file] of Object.entries(STYLESHEETS)) {
    const css = readFileSync(file, 'utf8');
    app.get(`/assets/${name}`, (_request, reply) => reply.type('text/css').send(css));
  }
  addJsonRoutes(app, deps);
  addPageRoutes(app, deps);
  app.setNotFoundHandler((request, reply) => {
    const text = `There is nothing at ${request.url}.`;
    if (request.url.startsWith('/api/')) return reply.code(404).send({ error: text });
    return sendPage(reply.code(404), errorPage('Not found', text).markup);
  });
  return app;
}
