import type { FastifyError, FastifyRequest } from 'fastify';

import { statusOf } from '../domain/errors.ts';
import { languageAsked, sendPage } from './customer-pages/page.ts';
import { formProblemPage } from './customer-pages/problem-page.ts';
import type { Api } from './deps.ts';
import { refusalFrom, sendProblem } from './plugins/problem-answers.ts';

export const FORM_TYPE = 'application/x-www-form-urlencoded';

/** What plain HTML forms send is taken within this scope, as fields of text, and nowhere else. */
export function takePlainForms(scope: Api): void {
  scope.addContentTypeParser(FORM_TYPE, { parseAs: 'string' }, (_request, text, done) =>
    done(null, Object.fromEntries(new URLSearchParams(text.toString()))),
  );
}

/** Why a plain form was refused is a page in words; programs are told it as ever. */
export function refuseFormsInWords(scope: Api): void {
  scope.setErrorHandler<FastifyError>((error, request, reply) => {
    const refusal = refusalFrom(error, request);
    if (!isPlainForm(request)) return sendProblem(request, reply, refusal);
    const page = formProblemPage(refusal.code, languageAsked(request));
    return sendPage(reply, statusOf[refusal.code], page);
  });
}

/** Whoever sent it sees the answer as a page. */
export function isPlainForm(request: FastifyRequest): boolean {
  return request.headers['content-type']?.startsWith(FORM_TYPE) === true;
}
