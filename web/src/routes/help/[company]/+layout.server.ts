import { HelpClient } from '#lib/help/help-client.ts';
import { chosenLanguage } from '#lib/help/chosen-language.ts';
import type { LayoutServerLoad } from './$types';

/** For customers and search engines: complete as it comes, with nothing of the console in it. */
export const ssr = true;
export const csr = false;

/** A company that is not there is told by the page, in words. */
export const load: LayoutServerLoad = async ({ fetch, params, url, request, locals }) => {
  const site = await new HelpClient(fetch, params.company).site();
  const asked = url.searchParams.get('lang');
  const wished = request.headers.get('accept-language');
  const language = chosenLanguage(site?.languages ?? ['en', 'sv'], asked, wished);
  locals.language = language;
  return { site, language };
};
