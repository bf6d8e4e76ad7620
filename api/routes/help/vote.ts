import { createHmac } from 'node:crypto';

import { Type } from '@fastify/type-provider-typebox';

import { saveVote } from '../../../database/queries/article-votes.ts';
import { readHelpArticle } from '../../../database/queries/help-pages.ts';
import { maskPersonal } from '../../../domain/answers/searched-words.ts';
import { refused } from '../../../domain/errors.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import type { Api, Route } from '../../deps.ts';
import { isPlainForm, refuseFormsInWords, takePlainForms } from '../../plain-forms.ts';
import { refuseCrossSite } from '../../plugins/cross-site.ts';
import { Id, Nothing, strict } from '../../schemas/basics.ts';
import { oneOf } from '../../schemas/one-of.ts';
import { problems } from '../../schemas/problem.ts';

/** Who reads a lot votes a lot; more is a machine. */
const VOTES = { max: 30, timeWindow: '10 minutes' } as const;

/** A few sentences about what an article lacks. */
const MISSING_CHARS_MAX = 1_000;

const Body = strict({
  helped: oneOf(['yes', 'no']),
  missing: Type.Optional(Type.String({ maxLength: MISSING_CHARS_MAX })),
  website: Type.Optional(
    Type.String({ maxLength: 1_000, description: 'Seen by machines only: leave it empty' }),
  ),
});

/** "Did this help?", asked below an article that everybody may read. */
export const voteOnArticleRoute: Route = (api, deps) => {
  void api.register(async (scope: Api) => {
    takePlainForms(scope);
    refuseFormsInWords(scope);
    addVote(scope, deps);
  });
};

const addVote: Route = (api, { database, config }) => {
  api.post(
    '/help/:company/:id/vote',
    {
      config: { auth: 'public', once: false, rateLimit: VOTES },
      schema: {
        tags: ['public'],
        summary: 'Say whether an article helped; once an address and day, until it is said anew',
        params: Type.Object({ company: Id, id: Id }),
        querystring: Nothing,
        body: Body,
        response: {
          200: Type.Object({ helped: oneOf(['yes', 'no']) }),
          303: Type.Null({ description: 'To forms: the article, which says thank you' }),
          ...problems('not_found', 'forbidden', 'rate_limited'),
        },
      },
    },
    async (request, reply) => {
      refuseCrossSite(request, config);
      const { company, id } = request.params;
      const { helped, missing = '', website = '' } = request.body;
      const told = maskPersonal(cleanText(missing, MISSING_CHARS_MAX)).trim();
      await database.withCompany(company, async (trx) => {
        if ((await readHelpArticle(trx, id)) === null) {
          throw refused('not_found', 'There is no such article; it may have been taken away.');
        }
        // What fills in everything it finds is told nothing, and counts for nothing.
        if (website !== '') return;
        const voter = voterOf(config.secret, [company, id, request.ip]);
        const vote = { article: id, voter, helped: helped === 'yes', missing: told };
        await saveVote(trx, vote);
      });
      if (!isPlainForm(request)) return { helped };
      const said = helped === 'no' && told !== '' ? 'told' : helped;
      const path = [company, id].map(encodeURIComponent).join('/');
      return reply.code(303).header('location', `/help/${path}?voted=${said}#vote`).send(null);
    },
  );
};

/** Another one every day (UTC), so that nobody can be followed from one to the next. */
function voterOf(secret: string, where: readonly string[]): string {
  const day = new Date().toISOString().slice(0, 10);
  return createHmac('sha256', secret)
    .update(['vote', day, ...where].join('\n'))
    .digest('hex');
}
