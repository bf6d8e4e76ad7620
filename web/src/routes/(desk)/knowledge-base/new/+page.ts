import { redirect } from '@sveltejs/kit';
import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { BegunArticle } from '#lib/knowledge/opened-article.ts';
import type { PageLoad } from './$types';

/** `?from=7`: of a solved ticket. `?translates=ID&language=sv`: of an article. */
export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const whole = untrack(() => url);
  const api = new ApiClient(fetch);
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const [from, translates, language] = [asked('from'), asked('translates'), asked('language')];
  const begin = async () => {
    if (/^[1-9]\d{0,9}$/.test(from)) return learn(api, Number(from));
    return translates && language ? translate(api, translates, language) : null;
  };
  const [{ items: bases }, begun] = await loading(whole, () =>
    Promise.all([api.settings.knowledgeBases(), begin()]),
  );
  // Who presses twice goes on with what was begun.
  if (typeof begun === 'string') redirect(307, `/knowledge-base/${begun}`);
  return { bases, begun };
};

/** What was said on a ticket; or the id of the article that was made of it already. */
async function learn(api: ApiClient, ticket: number): Promise<BegunArticle | string> {
  const draft = await api.settings.articleDraft(ticket);
  if (draft.article !== null) return draft.article;
  const { title, body, language, masked } = draft;
  const origin = { fromTicket: ticket };
  return { place: `from-${ticket}`, title, body, about: { language }, origin, masked };
}

/** A translation begins with the text that it is made from. */
async function translate(api: ApiClient, id: string, language: string): Promise<BegunArticle> {
  const asked = [api.settings.article(id), api.articles.draft(id)] as const;
  const [{ knowledgeBase, labels }, { title, body }] = await Promise.all(asked);
  const about = { knowledgeBase: knowledgeBase.id, language, labels: labels.join(', ') };
  const origin = { translationOf: id };
  return { place: `${language}-of-${id}`, title, body, about, origin, masked: null };
}
