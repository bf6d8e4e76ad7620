import type { Words } from '../i18n/en/index.ts';
import { BROWSERS, SYSTEMS } from '../i18n/product-names.ts';

/** "Firefox on Windows", from how a browser names itself to servers. */
export function browserName(agent: string, words: Words['profile']): string {
  const nameIn = (list: readonly (readonly [RegExp, string])[]) =>
    list.find(([pattern]) => pattern.test(agent))?.[1];
  const browser = nameIn(BROWSERS);
  const system = nameIn(SYSTEMS);
  if (browser === undefined) return system ?? words.unknownBrowser;
  return system === undefined ? browser : words.browserOn(browser, system);
}
