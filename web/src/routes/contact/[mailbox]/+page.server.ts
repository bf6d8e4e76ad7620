import { error } from '@sveltejs/kit';
import { ApiError } from '#lib/api/api-error.ts';
import { Transport } from '#lib/api/transport.ts';
import { chosenLanguage } from '#lib/help/chosen-language.ts';
import type { ModuleFacts } from '#lib/support/desk.ts';
import type { PageServerLoad } from './$types';

/** For customers: a form that works without any script, which the support module takes over. */
export const ssr = true;
export const csr = false;

export const load: PageServerLoad = async ({ fetch, params, url, request, locals }) => {
  const path = `/public/${encodeURIComponent(params.mailbox)}/module`;
  const wished = request.headers.get('accept-language');
  const asked = url.searchParams.get('lang');
  locals.language = chosenLanguage(['en', 'sv'], asked, wished);
  try {
    const facts = await new Transport(fetch).call<ModuleFacts>('GET', path);
    const offered = facts.language === 'sv' ? ['sv', 'en'] : ['en', 'sv'];
    locals.language = chosenLanguage(offered, asked, wished);
    return { facts, language: locals.language, mailbox: params.mailbox };
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    error(cause.status >= 400 ? cause.status : 503, { message: '', code: cause.code });
  }
};
