import { Type } from '@fastify/type-provider-typebox';

import { readCompany } from '../../../database/queries/companies.ts';
import { findSendingMailbox } from '../../../database/queries/outgoing-mail.ts';
import type { DeskTextKind } from '../../../domain/desk-texts.ts';
import type { Language } from '../../../domain/languages.ts';
import { mailBody } from '../../../mail/compose.ts';
import { renderAcknowledgement } from '../../../mail/render/acknowledgement.ts';
import { renderAssistant } from '../../../mail/render/assistant.ts';
import type { DeskMail } from '../../../mail/render/desk-text.ts';
import type { Rendered } from '../../../mail/render/rendered.ts';
import { renderSummary } from '../../../mail/render/summary.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing } from '../../schemas/basics.ts';
import { DeskTextParams } from '../../schemas/company-settings.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';
import { TextBody, requirePlaceholders } from './text-body.ts';

/** Somebody to write to, in words that are long enough to look real. */
const EXAMPLES = {
  en: {
    name: 'Eleanor Hughes',
    subject: 'The lamp came with a broken shade',
    asked: 'Hello,\n\nthe shade of my lamp is broken. Can you send another one?',
    answered: 'Hi Eleanor,\n\na new shade is on its way. It arrives on Thursday.',
    page: 'If something arrives broken',
    found: 'Tell us within 30 days, with a picture of it. A new part leaves the next day.',
  },
  sv: {
    name: 'Eleonora Håkansson',
    subject: 'Lampan kom med trasig skärm',
    asked: 'Hej!\n\nSkärmen till min lampa är trasig. Kan ni skicka en ny?',
    answered: 'Hej Eleonora!\n\nEn ny skärm är på väg. Den kommer på torsdag.',
    page: 'Om något kommer fram trasigt',
    found: 'Hör av dig inom 30 dagar, med en bild. En ny del skickas dagen därpå.',
  },
} as const satisfies Record<Language, object>;

const EXAMPLE_NUMBER = 1042;
const EXAMPLE_ADDRESS = 'eleanor@example.com';
const EXAMPLE_PAGE = 'https://example.com/help';
const EXAMPLE_RATING = 'https://example.com/rate/example';
const EXAMPLE_TICKET = 'https://example.com/t/example';
const ASKED_AT = '2026-03-02T09:12:00Z';
const ANSWERED_AT = '2026-03-02T10:40:00Z';

/** Made by what makes the mails, so that a customer gets just this. */
export const previewDeskTextRoute: Route = (api, { database }) => {
  api.post(
    '/desk-texts/:kind/:language/preview',
    {
      config: { auth: 'agent', once: false },
      schema: {
        tags: ['company'],
        summary: 'The mail that an example customer would get with these words',
        params: DeskTextParams,
        querystring: Nothing,
        body: TextBody,
        response: {
          200: Type.Object({
            subject: Type.String(),
            text: Type.String(),
            html: Type.String({ description: 'A whole document' }),
          }),
          ...problems(...signedInCodes, 'not_found'),
        },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { kind, language } = request.params;
      const ownText = request.body.text;
      requirePlaceholders(ownText);
      const names = await database.withCompany(company, async (trx) => {
        const [own, mailbox] = [await readCompany(trx), await findSendingMailbox(trx, null)];
        return {
          companyName: own?.name ?? '',
          mailboxName: mailbox?.name ?? own?.name ?? '',
          mailboxAddress: mailbox?.address ?? '',
        };
      });
      const rendered = render(kind, exampleMail({ ...names, language, ownText }));
      return { subject: rendered.subject, ...mailBody({ ...rendered, messageId: 'preview' }) };
    },
  );
};

type Names = Pick<
  DeskMail,
  'companyName' | 'mailboxName' | 'mailboxAddress' | 'language' | 'ownText'
>;

function exampleMail(names: Names): DeskMail {
  const { name: customerName, subject } = EXAMPLES[names.language];
  const customerEmail = EXAMPLE_ADDRESS;
  return { ...names, customerName, customerEmail, subject, number: EXAMPLE_NUMBER };
}

function render(kind: DeskTextKind, mail: DeskMail): Rendered {
  if (kind === 'acknowledgement') return renderAcknowledgement({ ...mail, page: EXAMPLE_TICKET });
  const { name, asked, answered, page, found } = EXAMPLES[mail.language];
  if (kind === 'assistant') {
    const pages = [{ title: page, quote: found, url: EXAMPLE_PAGE }];
    return renderAssistant({ ...mail, answer: found, pages });
  }
  const files: string[] = [];
  return renderSummary({
    ...mail,
    rate: EXAMPLE_RATING,
    page: EXAMPLE_TICKET,
    messages: [
      { direction: 'in', from: name, at: ASKED_AT, text: asked, files },
      { direction: 'out', from: mail.mailboxName, at: ANSWERED_AT, text: answered, files },
    ],
  });
}
