import type { Source } from './desk.ts';
import { make } from './element.ts';

/** Articles to read, each in a window of its own. */
export function sourceList(sources: readonly Source[]): HTMLElement {
  const items = sources.map(({ title, url }) =>
    make('li', {}, make('a', { href: readable(url), target: '_blank', rel: 'noopener' }, title)),
  );
  return make('ul', {}, ...items);
}

/** Only a page to read; never a script. */
function readable(url: string): string {
  return /^https?:/i.test(url) ? url : '#';
}
