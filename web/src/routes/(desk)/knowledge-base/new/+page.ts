import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import type { BegunArticle } from '#lib/knowledge/opened-article.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ fetch, url, untrack }) => {
  const whole = untrack(() => url);
  const api = new ApiClient(fetch);
  const [from, language] = ['from', 'language'].map((name) => url.searchParams.get(name));
  const [{ items: bases }, begun] = await loading(whole, () =>
    Promise.all([
      api.settings.knowledgeBases(),
      from && language ? begin(api, from, language) : null,
    ]),
  );
  return { bases, begun, key: `${from}:${language}` };
};

/** A translation begins with the text that it is made from. */
async function begin(api: ApiClient, id: string, language: string): Promise<BegunArticle> {
  const asked = [api.settings.article(id), api.articles.draft(id)] as const;
  const [{ knowledgeBase, labels }, { title, body }] = await Promise.all(asked);
  const about = { knowledgeBase: knowledgeBase.id, labels: labels.join(', ') };
  return { ...about, title, body, language, translationOf: id };
}
