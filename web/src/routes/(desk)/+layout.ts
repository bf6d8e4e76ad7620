import { DeskCache } from '#lib/ahead/desk-cache.ts';
import { ApiClient } from '#lib/api/client.ts';
import { loading } from '#lib/api/load.ts';
import { keepFor } from '#lib/editor/local-draft.ts';
import { languageHere, languageOf, rememberLanguage } from '#lib/i18n/language.ts';
import { loadSpeech } from '#lib/i18n/speech.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ fetch, url, untrack }) => {
  const me = await loading(
    untrack(() => url),
    () => new ApiClient(fetch).me(),
  );
  keepFor(me.agent.id);
  const language = languageOf([me.agent.language, languageHere()]);
  rememberLanguage(language);
  const speech = await loadSpeech(language, me.agent.timeZone ?? null);
  return { me, speech, cache: new DeskCache() };
};
