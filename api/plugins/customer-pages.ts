import type { FastifyError } from 'fastify';

import type { Api, Route, RouteDeps } from '../deps.ts';
import { takePlainForms } from '../plain-forms.ts';
import { languageAsked, sendPage } from '../customer-pages/page.ts';
import { problemPage } from '../customer-pages/problem-page.ts';
import { statusOf } from '../../domain/errors.ts';
import { showRatingPage } from '../routes/customer-pages/show-rating.ts';
import { sendTicketLink } from '../routes/customer-pages/send-link.ts';
import { settleTicket } from '../routes/customer-pages/settle-ticket.ts';
import { showCustomerFile } from '../routes/customer-pages/show-file.ts';
import { showTicketPage } from '../routes/customer-pages/show-ticket.ts';
import { takeAnswer } from '../routes/customer-pages/take-answer.ts';
import { takeRating } from '../routes/customer-pages/take-rating.ts';
import { refusalFrom } from './problem-answers.ts';

const pages: readonly Route[] = [
  showRatingPage,
  takeRating,
  showTicketPage,
  showCustomerFile,
  takeAnswer,
  settleTicket,
  sendTicketLink,
];

/**
 * The pages that links in mails to customers open: plain HTML with forms, without a script and
 * without signing in. What goes wrong is a page in words, too.
 */
export function addCustomerPages(api: Api, deps: RouteDeps): void {
  void api.register(async (scope: Api) => {
    takePlainForms(scope);
    scope.setErrorHandler<FastifyError>((error, request, reply) => {
      const { code } = refusalFrom(error, request);
      return sendPage(reply, statusOf[code], problemPage(code, languageAsked(request)));
    });
    for (const route of pages) route(scope, deps);
  });
}
