import type { FastifyRequest } from 'fastify';

import type { Api } from './deps.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What plain HTML forms send is taken within this scope, as fields of text, and nowhere else. */
export function takePlainForms(scope: Api): void {
  scope.addContentTypeParser(FORM_TYPE, { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(text.toString()))),
  );
}

/** Whoever sent it sees the answer as a page. */
export function isPlainForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith(FORM_TYPE) === true;
}
