import { Type } from '@fastify/type-provider-typebox';

import { readMailBody } from '../../../database/queries/sent-mail.ts';
import { refused } from '../../../domain/errors.ts';
import { plainTextToHtml, sanitiseMailHtml } from '../../../mail/html.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:8px 14px;overflow-wrap:anywhere}' +
  'img{max-width:100%;height:auto}';

/** The document's own policy: no script, no form, and images of others only when asked for. */
const policy = (remoteImages: boolean) =>
  [
    "default-src 'none'",
    `img-src 'self' data:${remoteImages ? ' https: http:' : ''}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');

/** A mail as a page of its own, for a frame without scripts. */
export const showMailHtml: Route = (api, { database }) => {
  api.get(
    '/messages/:id/html',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['messages'],
        summary: 'A mail as an HTML page for a sandboxed frame',
        params: IdParams,
        querystring: strict({ images: Type.Optional(Type.Boolean({ default: false })) }),
        produces: ['text/html'],
        response: { 200: Type.String(), ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { company } = whoAsks(request);
      const { images = false } = request.query;
      const body = await database.withCompany(company, (trx) => readMailBody(trx, id));
      if (!body) throw refused('not_found', `There is no mail "${id}".`);
      const html = body.html === null ? shownText(body.text) : shown(body.html, body.files);
      return reply
        .header('content-security-policy', policy(images))
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'private, max-age=300')
        .type('text/html; charset=utf-8')
        .serializer((page: unknown) => String(page))
        .send(pageOf(images ? withRemoteImages(html) : html));
    },
  );
};

function pageOf(html: string): string {
  return `<!doctype html><meta charset="utf-8"><title>Mail</title><style>${STYLE}</style>${html}`;
}

/** The links of a text open apart and without referrer too, as the cleaner writes them. */
function shownText(text: string): string {
  const html = plainTextToHtml(text);
  return sanitiseMailHtml(html, { remoteImages: 'hold' }) ?? html;
}

/** `cid:` images are files of the same mail. */
function shown(html: string, files: readonly { id: string; contentId: string }[]): string {
  const byContentId = new Map(files.map((file) => [bare(file.contentId), file.id]));
  return html.replace(/(\ssrc=")cid:([^"]*)"/g, (_all, start: string, contentId: string) => {
    const id = byContentId.get(bare(decoded(contentId)));
    return id === undefined ? '' : `${start}/api/v1/attachments/${encodeURIComponent(id)}"`;
  });
}

function bare(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('&amp;', '&'));
  } catch {
    return text;
  }
}

/** The cleaner keeps the addresses of remote images aside; asked for, they load. */
function withRemoteImages(html: string): string {
  return html.replaceAll(' data-remote-src="', ' src="');
}
