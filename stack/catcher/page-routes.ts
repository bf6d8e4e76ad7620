import { Type } from 'typebox';
import { refusalOf } from './json-routes.ts';
import { listPage, mailPage, type Notice, writePage } from './pages.ts';
import { readAttachment, readContent } from './read-mail.ts';
import { type CatcherDeps, type CatcherServer, sendPage } from './server.ts';

const IdParams = Type.Object({ id: Type.String() });
const FileParams = Type.Object({ id: Type.String(), index: Type.Integer({ minimum: 0 }) });
const ListQuery = Type.Object({
  q: Type.Optional(Type.String()),
  sent: Type.Optional(Type.String()),
});
const MailQuery = Type.Object({ sent: Type.Optional(Type.String()) });
const ReplyForm = Type.Object({ text: Type.String({ minLength: 1 }) });
const WriteForm = Type.Object({
  from: Type.String({ minLength: 1 }),
  to: Type.String({ minLength: 1 }),
  subject: Type.String(),
  text: Type.String(),
});

/** No script runs in a mail and nothing is fetched for it, in our frame or in a tab of its own. */
const MAIL_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; " +
  "img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

const A_FIRST_MAIL = {
  from: 'Carla Customer <carla@customer.test>',
  to: 'support@acme.test',
};

export function addPageRoutes(app: CatcherServer, { shelf, customer }: CatcherDeps): void {
  app.get('/', { schema: { querystring: ListQuery } }, ({ query }, reply) =>
    sendPage(reply, listPage(shelf.list({ query: query.q }), query.q ?? '', sent(query)).markup),
  );

  app.get(
    '/mails/:id',
    { schema: { params: IdParams, querystring: MailQuery } },
    async ({ params, query }, reply) => {
      const mail = shelf.find(params.id);
      if (mail === null) return reply.callNotFound();
      const content = await readContent(await shelf.raw(mail.id));
      return sendPage(reply, mailPage(mail, content, sent(query)).markup);
    },
  );

  app.get('/mails/:id/html', { schema: { params: IdParams } }, async ({ params }, reply) => {
    const mail = shelf.find(params.id);
    const content = mail === null ? null : await readContent(await shelf.raw(mail.id));
    if (content === null || content.html === null) return reply.callNotFound();
    void reply.header('content-security-policy', MAIL_POLICY);
    return sendPage(reply, `<base target="_blank">${content.html}`);
  });

  app.get('/mails/:id/raw', { schema: { params: IdParams } }, async ({ params }, reply) => {
    const mail = shelf.find(params.id);
    if (mail === null) return reply.callNotFound();
    return reply.type('text/plain; charset=utf-8').send(await shelf.raw(mail.id));
  });

  app.get(
    '/mails/:id/attachments/:index',
    { schema: { params: FileParams } },
    async ({ params }, reply) => {
      const mail = shelf.find(params.id);
      const file = mail && (await readAttachment(await shelf.raw(mail.id), params.index));
      if (!file) return reply.callNotFound();
      const name = encodeURIComponent(file.filename);
      return reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename*=UTF-8''${name}`)
        .send(file.content);
    },
  );
  addFormRoutes(app, { shelf, customer });
}

/** Forms answer by a redirect, so that reloading the page sends nothing twice. */
function addFormRoutes(
  app: CatcherServer,
  { shelf, customer }: Pick<CatcherDeps, 'shelf' | 'customer'>,
): void {
  app.post(
    '/mails/:id/reply',
    { schema: { params: IdParams, body: ReplyForm } },
    async ({ params, body }, reply) => {
      const mail = shelf.find(params.id);
      if (mail === null) return reply.callNotFound();
      const content = await readContent(await shelf.raw(mail.id));
      try {
        const { response } = await customer.reply(mail, content.text, body.text);
        return await reply.redirect(`/mails/${mail.id}?sent=${encodeURIComponent(response)}`, 303);
      } catch (error) {
        return sendPage(reply.code(502), mailPage(mail, content, refused(error)).markup);
      }
    },
  );

  app.get('/write', (_request, reply) => sendPage(reply, writePage(A_FIRST_MAIL, null).markup));

  app.post('/write', { schema: { body: WriteForm } }, async ({ body }, reply) => {
    try {
      const { response } = await customer.send(body);
      return await reply.redirect(`/?sent=${encodeURIComponent(response)}`, 303);
    } catch (error) {
      return sendPage(reply.code(502), writePage(body, refused(error)).markup);
    }
  });
}

function sent({ sent: response }: { sent?: string }): Notice | null {
  return response === undefined ? null : { kind: 'done', text: `The desk took it: ${response}` };
}

function refused(error: unknown): Notice {
  return { kind: 'failed', text: `The desk did not take it: ${refusalOf(error)}` };
}
