import type { HelpSite, ListedArticle } from './help-types.ts';

const XML_SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** The pages of a help site for search engines, by the protocol of sitemaps.org. */
export function sitemap(site: HelpSite, articles: readonly ListedArticle[]): string {
  const pages = [
    entry(site.url, newest(articles)),
    ...articles.map(({ id, updatedAt }) =>
      entry(`${site.url}/${encodeURIComponent(id)}`, updatedAt),
    ),
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${pages.join('')}</urlset>\n`
  );
}

function entry(url: string, at: string | null): string {
  const lastmod = at === null ? '' : `<lastmod>${at}</lastmod>`;
  return `<url><loc>${escaped(url)}</loc>${lastmod}</url>\n`;
}

function newest(articles: readonly ListedArticle[]): string | null {
  return (
    articles
      .map(({ updatedAt }) => updatedAt)
      .toSorted()
      .at(-1) ?? null
  );
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => XML_SIGNS[sign] ?? sign);
}
