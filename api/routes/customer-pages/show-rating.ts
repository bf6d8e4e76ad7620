import { ratingScores } from '../../../domain/ratings.ts';
import { sendPage } from '../../customer-pages/page.ts';
import { ratingPage } from '../../customer-pages/rating-page.ts';
import type { Route } from '../../deps.ts';
import { READING_RATE, TokenParams } from './link-route.ts';
import { openRating } from './open-rating.ts';

/**
 * Where a customer rates the help. Asking for it changes nothing, whatever it is asked with: what
 * scans mail follows every link in it.
 */
export const showRatingPage: Route = (api, deps) => {
  api.get(
    '/rate/:token',
    { config: { rateLimit: READING_RATE }, schema: { hide: true, params: TokenParams } },
    async (request, reply) => {
      const { page } = await openRating(deps, request.params.token);
      const query = new URL(request.url, 'http://desk.invalid').searchParams;
      const chosen = ratingScores.find((score) => score === query.get('score')) ?? null;
      const state = query.has('sent') ? 'sent' : 'asking';
      return sendPage(reply, 200, ratingPage({ ...page, chosen, state }));
    },
  );
};
