import { Type } from '@fastify/type-provider-typebox';

import { chooseProvider } from '../../../assistant/choose-provider.ts';
import { questionLanguage } from '../../../assistant/question-language.ts';
import type { CompanyTransaction } from '../../../database/client.ts';
import { hashCredential, newCredential } from '../../../database/credential-hash.ts';
import { newId } from '../../../database/new-id.ts';
import { recordSearch } from '../../../database/queries/answer-searches.ts';
import { addTurn, insertExchange, lockExchange } from '../../../database/queries/exchanges.ts';
import type { ExchangeState, Turn } from '../../../database/queries/exchanges.ts';
import { refused } from '../../../domain/errors.ts';
import { noAnswerReasons } from '../../../domain/ticket/assistant.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import {
  Conversation,
  conversationOver,
  EXCHANGE_DAYS,
  findConversation,
} from '../../conversations.ts';
import type { Route } from '../../deps.ts';
import { helpAddress } from '../../help-address.ts';
import { answerVisitor } from '../../public-answer.ts';
import { Nothing, orNull, strict } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems } from '../../schemas/problem.ts';
import { Language } from '../../schemas/settings.ts';
import { visitedMailbox, visitorsAddress } from '../../visitors.ts';

/** Contract: a person who asks every other second is in a hurry; more is a machine. */
const ASKED_MAX = 30;
const WINDOW = '1 minute';

/** As in `GET /public/MAILBOX/answers`: a pasted mail. */
const QUESTION_CHARS_MAX = 6_000;

/** Whoever asked so often needs a person. */
const TURNS_MAX = 20;

const Body = strict({
  question: Type.String({ minLength: 1, maxLength: QUESTION_CHARS_MAX, pattern: '\\S' }),
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  language: Type.Optional(Language),
  conversation: Type.Optional(Conversation),
});

const Asked = Type.Object({
  conversation: Conversation,
  answer: orNull(Type.String({ description: 'Plain text' })),
  reason: orNull(oneOf([...noAnswerReasons, 'off'])),
  sources: Type.Array(Type.Object({ title: Type.String(), url: Type.String() }), {
    description: 'What the answer was taken from; without one, the public articles that fit',
  }),
});

/** The assistant answers a visitor from public articles, before anybody has to write a mail. */
export const askRoute: Route = (api, { database, config, logger }) => {
  const provider = chooseProvider(config.assistantServer);
  api.post(
    '/public/:mailbox/ask',
    {
      config: { auth: 'public', once: false, rateLimit: { max: ASKED_MAX, timeWindow: WINDOW } },
      schema: {
        tags: ['public'],
        summary: 'Ask the assistant; with `conversation`, once more',
        params: Type.Object({ mailbox: Type.String({ minLength: 1, maxLength: 320 }) }),
        querystring: Nothing,
        body: Body,
        response: {
          200: Asked,
          ...problems('not_found', 'not_allowed', 'too_large', 'rate_limited', 'forbidden'),
        },
      },
    },
    async (request) => {
      const { body } = request;
      const email = body.email === undefined ? null : visitorsAddress(body.email);
      const found = await visitedMailbox(database, request.params.mailbox);
      const known =
        body.conversation === undefined
          ? null
          : await findConversation(database, body.conversation, found);
      // Before the assistant works for it; and again at the end, as others ask meanwhile.
      if (known) {
        await database.withCompany(found.company, (trx) => lockOpen(trx, known.exchange));
      }
      const question = cleanText(body.question, QUESTION_CHARS_MAX).trim();
      const language = questionLanguage(question) ?? body.language ?? null;
      const given = await answerVisitor(
        { database, provider, logger },
        { ...found, question, language },
        { budgetMs: config.assistantBudgetMs, signal: request.signal },
      );
      const sources = given.sources.map((source) => {
        return { ...source, url: helpAddress(config.publicUrl, found.company, source.article) };
      });
      const secret = body.conversation ?? newCredential();
      await database.withCompany(found.company, async (trx) => {
        const made = { hash: hashCredential(secret), mailbox: found.mailbox };
        const exchange = known?.exchange ?? (await begin(trx, made));
        await keep(trx, exchange, { ...given, sources, question, language, email });
        const search = { asked: question, place: 'module', found: sources.length } as const;
        await recordSearch(trx, { ...search, language });
      });
      return {
        conversation: secret,
        answer: given.answer,
        reason: given.reason,
        sources: sources.map(({ title, url }) => ({ title, url })),
      };
    },
  );
};

async function begin(
  trx: CompanyTransaction,
  made: { hash: string; mailbox: string },
): Promise<string> {
  const id = newId();
  await insertExchange(trx, { ...made, id, days: EXCHANGE_DAYS });
  return id;
}

async function keep(
  trx: CompanyTransaction,
  exchange: string,
  turn: Omit<Turn, 'at'> & { email: string | null },
): Promise<void> {
  const { turns } = await lockOpen(trx, exchange);
  await addTurn(trx, exchange, { ...turn, place: turns + 1, days: EXCHANGE_DAYS });
}

/** The conversation, held while it is written in. @throws RefusedError when it has an end */
async function lockOpen(trx: CompanyTransaction, exchange: string): Promise<ExchangeState> {
  const state = await lockExchange(trx, exchange);
  if (!state) throw conversationOver();
  if (state.ticket !== null || state.turns >= TURNS_MAX) {
    const why = state.ticket === null ? `has ${state.turns} questions` : 'is a ticket already';
    throw refused(
      'not_allowed',
      `This conversation ${why}; begin a new one, or write to a person by the contact form.`,
    );
  }
  return state;
}
