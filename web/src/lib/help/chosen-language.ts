/** How many wishes of a browser are looked at; nobody reads as many languages. */
const WISHES_MAX = 20;

/**
 * The language of the articles to show, among those that there are: the one that was asked for,
 * else what the browser wishes, else the first.
 */
export function chosenLanguage(
  offered: readonly string[],
  asked: string | null,
  acceptLanguage: string | null,
): string {
  for (const wish of [...(asked === null ? [] : [asked]), ...wishesIn(acceptLanguage)]) {
    const found = offeredFor(offered, wish.toLowerCase());
    if (found !== undefined) return found;
  }
  return offered[0] ?? 'en';
}

/** Itself, or one that shares its first part: `en-US` is read as `en`, and `en` as `en-GB`. */
function offeredFor(offered: readonly string[], wish: string): string | undefined {
  const first = (language: string) => language.toLowerCase().split('-')[0];
  return (
    offered.find((language) => language.toLowerCase() === wish) ??
    offered.find((language) => first(language) === first(wish))
  );
}

/** `sv-SE,sv;q=0.9,en;q=0.8`, most wanted first; what is not wanted at all (q=0) is left out. */
function wishesIn(acceptLanguage: string | null): string[] {
  return (acceptLanguage ?? '')
    .split(',', WISHES_MAX)
    .map((wish) => {
      const [language = '', ...more] = wish.trim().split(';');
      const quality = more.find((one) => /^\s*q=/i.test(one))?.split('=')[1];
      return { language, weight: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, weight }) => language !== '' && language !== '*' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}
