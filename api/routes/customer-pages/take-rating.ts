import { createHash } from 'node:crypto';

import { insertRating } from '../../../database/queries/ratings.ts';
import { refused } from '../../../domain/errors.ts';
import { isRatingScore, RATING_COMMENT_CHARS_MAX } from '../../../domain/ratings.ts';
import { cleanText } from '../../../mail/clean-text.ts';
import { fieldOf } from '../../customer-pages/form.ts';
import { sendOn, sendPage } from '../../customer-pages/page.ts';
import { ratingPage } from '../../customer-pages/rating-page.ts';
import type { Route } from '../../deps.ts';
import { FORM_TYPE } from '../../plain-forms.ts';
import { SENDING_RATE, TokenParams } from './link-route.ts';
import { openRating } from './open-rating.ts';

/** Everybody may think again; nobody does so this often, and each time is a line in the history. */
const TIMES_MAX = 20;

/** Takes what the button of the page sends. The newest one counts, until the link is over. */
export const takeRating: Route = (api, deps) => {
  api.post(
    '/rate/:token',
    {
      config: { rateLimit: SENDING_RATE },
      schema: { hide: true, params: TokenParams, consumes: [FORM_TYPE] },
    },
    async (request, reply) => {
      const { token } = request.params;
      const { link, page, times, last } = await openRating(deps, token);
      const score = fieldOf(request.body, 'score');
      if (!isRatingScore(score)) {
        const again = ratingPage({ ...page, chosen: null, state: 'nothing_chosen' });
        return sendPage(reply, 400, again);
      }
      const written = fieldOf(request.body, 'comment');
      const comment = cleanText(written.trim(), RATING_COMMENT_CHARS_MAX);
      const done = `/rate/${encodeURIComponent(token)}?sent`;
      const isSame = page.rating?.score === score && page.rating.comment === comment;
      if (isSame) return sendOn(reply, done);
      if (times >= TIMES_MAX) {
        throw refused('rate_limited', `A ticket is rated at most ${TIMES_MAX} times.`);
      }
      const { company, number } = link;
      const id = ratingId([company, number, last, score, comment]);
      await deps.database.withCompany(company, (trx) =>
        insertRating(trx, { id, ticket: number, score, comment }),
      );
      await deps.workflows.command({ company, number }, 'rate', { rating: id, id });
      return sendOn(reply, done);
    },
  );
};

/** Pressed twice, it is the same rating: it follows from what it says and what was said before. */
function ratingId(facts: readonly (string | number | null)[]): string {
  const hash = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  return `rating-${hash.slice(0, 32)}`;
}
