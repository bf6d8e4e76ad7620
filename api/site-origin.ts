import { refused } from '../domain/errors.ts';

/**
 * A site as browsers name it in `Origin`: an address without its path.
 * @throws RefusedError `validation`
 */
export function readSiteOrigin(given: string): string {
  const url = URL.canParse(given.trim()) ? new URL(given.trim()) : null;
  const isSite = url !== null && /^https?:$/.test(url.protocol) && url.username === '';
  if (!isSite) {
    throw refused(
      'validation',
      `body field "origins": "${given}" is no site; write it like https://shop.example.`,
    );
  }
  return url.origin;
}
