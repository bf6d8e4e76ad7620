import { languageHere, rememberLanguage } from '#lib/i18n/language.ts';
import { loadSpeech } from '#lib/i18n/speech.ts';
import type { LayoutLoad } from './$types';

/**
 * The desk is an application behind a sign-in: there is nothing to render on the server. Public
 * pages say otherwise for themselves.
 */
export const ssr = false;

/** How to speak to somebody who has not signed in yet. */
export const load: LayoutLoad = async () => {
  // A public page has no words of ours; it speaks the language of its article.
  if (typeof window === 'undefined') return { speech: await loadSpeech('en', null) };
  const language = languageHere();
  rememberLanguage(language);
  return { speech: await loadSpeech(language, null) };
};
