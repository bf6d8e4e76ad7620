import { Type } from 'typebox';
import { readContent } from './read-mail.ts';
import type { CatcherDeps, CatcherServer } from './server.ts';

const LIMIT_MAX = 10_000;

const IdParams = Type.Object({ id: Type.String() });
const ListQuery = Type.Object({
  /** Delivered to this address. */
  to: Type.Optional(Type.String()),
  q: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX })),
});
const ReplyBody = Type.Object({ text: Type.String({ minLength: 1 }) });
const SendBody = Type.Object({
  from: Type.String({ minLength: 1 }),
  to: Type.String({ minLength: 1 }),
  subject: Type.String(),
  text: Type.String(),
});

/** What the pages do, for scripts and tests. */
export function addJsonRoutes(app: CatcherServer, { shelf, customer }: CatcherDeps): void {
  app.get('/api/mails', { schema: { querystring: ListQuery } }, ({ query }) => {
    const found = shelf.list({ to: query.to, query: query.q });
    return { total: found.length, items: found.slice(0, query.limit ?? LIMIT_MAX) };
  });

  app.delete('/api/mails', async (_request, reply) => {
    await shelf.clear();
    return reply.code(204).send();
  });

  app.get('/api/mails/:id', { schema: { params: IdParams } }, async ({ params }, reply) => {
    const mail = shelf.find(params.id);
    if (mail === null) return reply.callNotFound();
    return { ...mail, ...(await readContent(await shelf.raw(mail.id))) };
  });

  app.get('/api/mails/:id/raw', { schema: { params: IdParams } }, async ({ params }, reply) => {
    const mail = shelf.find(params.id);
    if (mail === null) return reply.callNotFound();
    return reply.type('message/rfc822').send(await shelf.raw(mail.id));
  });

  app.post(
    '/api/mails/:id/reply',
    { schema: { params: IdParams, body: ReplyBody } },
    async ({ params, body }, reply) => {
      const mail = shelf.find(params.id);
      if (mail === null) return reply.callNotFound();
      const { text } = await readContent(await shelf.raw(mail.id));
      try {
        return await reply.code(201).send(await customer.reply(mail, text, body.text));
      } catch (error) {
        return reply.code(502).send({ error: refusalOf(error) });
      }
    },
  );

  app.post('/api/send', { schema: { body: SendBody } }, async ({ body }, reply) => {
    try {
      return await reply.code(201).send(await customer.send(body));
    } catch (error) {
      return reply.code(502).send({ error: refusalOf(error) });
    }
  });
}

/** The desk's own words where it has said any. */
export function refusalOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('response' in error && typeof error.response === 'string') return error.response;
  return error.message;
}
