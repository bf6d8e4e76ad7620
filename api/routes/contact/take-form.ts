import { createHash, randomUUID } from 'node:crypto';

import { Type } from '@fastify/type-provider-typebox';
import type { Static } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';

import type { CompanyTransaction, Database } from '../../../database/client.ts';
import { readOwnLimits } from '../../../database/queries/company-settings.ts';
import { readTextOfMails } from '../../../database/queries/desk-texts.ts';
import type { MailboxAddress } from '../../../database/queries/intake.ts';
import { refused } from '../../../domain/errors.ts';
import { takeForm } from '../../../intake/take-form.ts';
import { cleanLine, cleanText } from '../../../mail/clean-text.ts';
import { NAME_CHARS_MAX, SUBJECT_CHARS_MAX, TEXT_CHARS_MAX } from '../../../mail/limits.ts';
import { limitsOf } from '../../company-limits.ts';
import { checkFiles } from '../../contact-files.ts';
import { Conversation, findConversation } from '../../conversations.ts';
import { PROOF_HEADER, takeProof } from '../../challenges.ts';
import type { Api, Route, RouteDeps } from '../../deps.ts';
import { isPlainForm, refuseFormsInWords, takePlainForms } from '../../plain-forms.ts';
import { ownOrigins } from '../../plugins/cross-site.ts';
import { answeredBefore, once } from '../../plugins/idempotency.ts';
import type { OnceIds } from '../../plugins/idempotency.ts';
import { FORM_FILES_MAX } from '../../form-limits.ts';
import { Nothing, strict } from '../../schemas/basics.ts';
import { problems } from '../../schemas/problem.ts';
import { visitedMailbox, visitorsAddress } from '../../visitors.ts';
import { thanksPage } from './thanks-page.ts';

/** A question from one place every half minute is a busy family; more is a machine. */
const FORMS_MAX = 20;
const WINDOW = '10 minutes';

/** People do not see it: what fills in every field fills in this one. */
const TRAP = 'website';

/** A long complaint; what is longer is a file. */
const FORM_TEXT_CHARS_MAX = 100_000;

/** Base64 takes four letters for three bytes; the rest of the form fits beside it. */
const BASE64_GROWTH = 1.4;

const Body = strict({
  name: Type.Optional(Type.String({ maxLength: NAME_CHARS_MAX })),
  email: Type.String({ minLength: 1, maxLength: 320 }),
  subject: Type.String({ minLength: 1, maxLength: SUBJECT_CHARS_MAX }),
  text: Type.String({ minLength: 1, maxLength: FORM_TEXT_CHARS_MAX, pattern: '\\S' }),
  conversation: Type.Optional(Conversation),
  [TRAP]: Type.Optional(Type.String({ maxLength: 200, description: 'Leave it empty' })),
  attachments: Type.Optional(
    Type.Array(
      strict({
        filename: Type.String({ maxLength: 300 }),
        contentType: Type.Optional(Type.String({ maxLength: 200 })),
        content: Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$', description: 'base64' }),
      }),
      { maxItems: FORM_FILES_MAX },
    ),
  ),
});

/** The public contact form: stored like a mail, so that nothing of it is lost. */
export const takeContactForm: Route = (api, deps) => {
  void api.register(async (scope: Api) => {
    takePlainForms(scope);
    refuseFormsInWords(scope);
    addContactForm(scope, deps);
  });
};

const addContactForm: Route = (api, deps) => {
  api.post(
    '/contact/:mailbox',
    {
      config: {
        auth: 'public',
        once: 'itself',
        rateLimit: { max: FORMS_MAX, timeWindow: WINDOW },
      },
      bodyLimit: Math.ceil(deps.config.mailBytesMax * BASE64_GROWTH),
      schema: {
        tags: ['public'],
        summary: 'Send the contact form of a mailbox (by its address)',
        params: Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 320 }) }),
        querystring: Nothing,
        body: Body,
        response: {
          201: Type.Union([
            Type.Object({ number: Type.Integer() }),
            Type.String({ description: 'A page that says thank you, to forms without a script' }),
          ]),
          ...problems(
            ...(['not_found', 'rate_limited', 'too_large', 'type_not_allowed'] as const),
            ...(['forbidden', 'idempotency_mismatch'] as const),
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const email = visitorsAddress(body.email);
      const address = request.params.mailbox;
      const found = await visitedMailbox(deps.database, address);
      const { company } = found;
      const asked = await askedBefore(deps.database, body.conversation, found);
      const visitor = { company, agent: visitorAt(request.ip) };
      if (await answeredBefore(deps.database, request, reply, visitor, body)) return reply;
      refuseMachines(request, deps.config, body[TRAP]);
      const own = await deps.database.withCompany(company, readOwnLimits);
      const attachments = await readFiles(body.attachments ?? [], limitsOf(own, deps.config));
      const ids = await deps.database.withCompany(company, (trx) =>
        idsOf(trx, request, { secret: deps.config.secret, mailbox: found.mailbox }),
      );
      const { number } = await takeForm(deps.intake, {
        id: ids.id('form'),
        at: new Date(ids.id('at')),
        company,
        mailbox: { id: found.mailbox, address: address.toLowerCase() },
        name: cleanLine(body.name ?? '', NAME_CHARS_MAX),
        email,
        subject: cleanLine(body.subject, SUBJECT_CHARS_MAX),
        text: cleanText(body.text, TEXT_CHARS_MAX),
        attachments,
        remoteAddress: request.ip,
        ...asked,
      });
      if (isPlainForm(request)) {
        const said = await deps.database.withCompany(company, (trx) =>
          readTextOfMails(trx, 'acknowledgement'),
        );
        const page = thanksPage(said.companyName, number, said.language);
        return reply.code(201).type('text/html; charset=utf-8').send(page);
      }
      return reply.code(201).send({ number });
    },
  );
};

function refuseMachines(
  request: FastifyRequest,
  config: RouteDeps['config'],
  trap: string | undefined,
): void {
  if (trap !== undefined && trap !== '') {
    throw refused('validation', `body field "${TRAP}" is for machines; leave it empty.`);
  }
  if (request.headers[PROOF_HEADER] === undefined && owesProof(request, config)) {
    throw refused(
      'validation',
      `The header ${PROOF_HEADER} is missing, which the scripts of other sites send: ` +
        'get a task for it from GET /public/MAILBOX/challenge.',
    );
  }
}

/** Scripts of other sites owe one; browsers lend pages that came without TLS no hash for it. */
function owesProof(request: FastifyRequest, config: RouteDeps['config']): boolean {
  const { origin } = request.headers;
  if (origin === undefined || isPlainForm(request)) return false;
  return origin.startsWith('https:') && !ownOrigins(request, config).includes(origin);
}

/** Takes the proof with them, so that a form that comes again needs no other one. */
async function idsOf(
  trx: CompanyTransaction,
  request: FastifyRequest,
  { secret, mailbox }: { secret: string; mailbox: string },
): Promise<OnceIds> {
  const made = () => ({ form: randomUUID(), at: new Date().toISOString() });
  const ids = await once(request).ids(trx, made);
  const proof = request.headers[PROOF_HEADER];
  if (ids.fresh && typeof proof === 'string') {
    await takeProof(trx, secret, mailbox, proof, Date.now());
  }
  return ids;
}

async function askedBefore(
  database: Database,
  conversation: string | undefined,
  within: MailboxAddress,
): Promise<{ exchange?: string }> {
  if (conversation === undefined) return {};
  const { exchange } = await findConversation(database, conversation, within);
  return { exchange };
}

/** Whose keys are whose, without keeping where anybody is. */
function visitorAt(ip: string): string {
  return `visitor-${createHash('sha256').update(ip).digest('hex')}`;
}

async function readFiles(
  given: NonNullable<Static<typeof Body>['attachments']>,
  limits: ReturnType<typeof limitsOf>,
) {
  const files = given.map(({ filename, contentType = '', content }) => {
    return { filename, contentType, content: Buffer.from(content, 'base64') };
  });
  return checkFiles(files, limits);
}
