import { fieldsOf, textIn } from '../api/json.ts';
import { address } from '../api/transport.ts';

export interface HelpArticle {
  company: string;
  title: string;
  html: string;
  language: string;
}

/** A public article, or the status that the server refused it with. */
export async function readHelpArticle(
  fetcher: typeof fetch,
  company: string,
  article: string,
): Promise<HelpArticle | number> {
  const path = `/help/${encodeURIComponent(company)}/${encodeURIComponent(article)}`;
  const response = await fetcher(address(path));
  if (!response.ok) return response.status;
  const fields = fieldsOf(await response.text());
  return {
    company: textIn(fields, 'company'),
    title: textIn(fields, 'title'),
    html: textIn(fields, 'html'),
    language: textIn(fields, 'language'),
  };
}
