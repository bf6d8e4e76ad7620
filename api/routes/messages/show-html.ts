import { Type } from '@fastify/type-provider-typebox';

import { readMailBody } from '../../../database/queries/sent-mail.ts';
import { refused } from '../../../domain/errors.ts';
import { plainTextToHtml, sanitiseMailHtml } from '../../../mail/html.ts';
import type { Route } from '../../deps.ts';
import { sendMailPage } from '../../mail-page.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { IdParams, strict } from '../../schemas/basics.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

/** A mail does not change; how long a browser shows it without asking again. */
const MAIL_SECONDS = 300;

/** A mail as a page of its own, for a frame without scripts. */
export const showMailHtml: Route = (api, { database, config }) => {
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
      return sendMailPage(request, reply, {
        html: images ? withRemoteImages(html) : html,
        remoteImages: images,
        publicUrl: config.publicUrl,
        maxAgeSeconds: MAIL_SECONDS,
      });
    },
  );
};

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

/** The cleaner keeps the addresses of remote images aside; asked for, they load, encrypted. */
function withRemoteImages(html: string): string {
  return html
    .replace(/ data-remote-src="(?:http:)?/g, ' src="')
    .replace(/ src="\/\//g, ' src="https://');
}
