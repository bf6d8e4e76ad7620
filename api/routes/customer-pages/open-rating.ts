import { readRatings } from '../../../database/queries/ratings.ts';
import { refused } from '../../../domain/errors.ts';
import { openCustomerLink } from '../../customer-pages/open-link.ts';
import type { OpenedLink } from '../../customer-pages/open-link.ts';
import type { RatingPage } from '../../customer-pages/rating-page.ts';
import type { ApiDeps } from '../../deps.ts';

/** The ticket that a link rates, and how often it was rated. @throws RefusedError */
export async function openRating(
  deps: Pick<ApiDeps, 'database' | 'config'>,
  token: string,
): Promise<{
  link: OpenedLink;
  page: Omit<RatingPage, 'chosen' | 'state'>;
  times: number;
  last: string | null;
}> {
  const link = await openCustomerLink(deps, 'rate', token);
  if (link.expires <= Date.now()) throw refused('link_over', 'This link is too old.');
  const { company, number, ticket } = link;
  const { times, counts: rating } = await deps.database.withCompany(company, (trx) =>
    readRatings(trx, number),
  );
  const { language, companyName, subject } = ticket;
  const page = { language, company: companyName, number, subject, rating };
  return { link, page, times, last: rating?.id ?? null };
}
