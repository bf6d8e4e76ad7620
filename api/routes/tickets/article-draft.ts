import { Type } from '@fastify/type-provider-typebox';

import { questionLanguage } from '../../../assistant/question-language.ts';
import { readCompanySettings } from '../../../database/queries/company-settings.ts';
import { readConversationToLearn } from '../../../database/queries/solved-conversation.ts';
import type { ConversationToLearn } from '../../../database/queries/solved-conversation.ts';
import type { Language } from '../../../domain/languages.ts';
import { languages } from '../../../domain/languages.ts';
import { draftArticle } from '../../../domain/learning/article-draft.ts';
import type { SolvedConversation } from '../../../domain/learning/article-draft.ts';
import { noSuchTicket } from '../../commands/run-command.ts';
import type { Route } from '../../deps.ts';
import { whoAsks } from '../../plugins/authentication.ts';
import { Nothing, orNull, TicketParams } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems, signedInCodes } from '../../schemas/problem.ts';

const Draft = Type.Object({
  title: Type.String({ description: 'What was asked' }),
  body: Type.String({ description: 'Markdown: the question quoted, the answers below' }),
  language: oneOf([...languages]),
  article: orNull(Type.String({ description: 'The newest one that was made of it already' })),
  masked: Type.Integer({ description: 'Places such as [name] that a person has to look at' }),
});

/** Nothing is kept: whoever reads the draft through makes the article with `fromTicket`. */
export const showArticleDraft: Route = (api, { database, config }) => {
  api.get(
    '/tickets/:number/article-draft',
    {
      config: { auth: 'agent' },
      schema: {
        tags: ['tickets'],
        summary: 'A conversation as the draft of an article, with what is personal masked',
        params: TicketParams,
        querystring: Nothing,
        response: { 200: Draft, ...problems(...signedInCodes, 'not_found') },
      },
    },
    async (request) => {
      const { company } = whoAsks(request);
      const { number } = request.params;
      const read = await database.withCompany(company, async (trx) => {
        const conversation = await readConversationToLearn(trx, number);
        if (!conversation) throw noSuchTicket(number);
        const settings = await readCompanySettings(trx);
        return { conversation, spoken: settings?.language ?? 'en' };
      });
      const helpPages = `${config.publicUrl}/help/`;
      const draft = draftArticle(solved(read.conversation, { spoken: read.spoken, helpPages }));
      return { ...draft, article: read.conversation.article };
    },
  );
};

/** What was asked first, what was answered, and all who took part. */
function solved(
  found: ConversationToLearn,
  { spoken, helpPages }: { spoken: Language; helpPages: string },
): SolvedConversation {
  const { subject, mails, mailboxes } = found;
  const texts = (direction: 'in' | 'out') =>
    mails.filter((mail) => mail.direction === direction).map(({ text }) => text);
  const [question = ''] = texts('in');
  const answers = texts('out');
  const own = new Set(mailboxes.map((address) => address.toLowerCase()));
  const addresses = [...found.addresses, ...mails.flatMap((mail) => mail.addresses)];
  return {
    subject,
    question,
    answers,
    people: {
      names: [...found.names, ...mails.map(({ fromName }) => fromName)],
      addresses: addresses.filter((address) => !own.has(address.toLowerCase())),
    },
    own: { addresses: mailboxes, links: [helpPages] },
    language: questionLanguage([subject, question, ...answers].join('\n')) ?? spoken,
  };
}
