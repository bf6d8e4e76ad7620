import createPurifier, { type Config, type WindowLike } from 'dompurify';
import { readImageAddress, readLinkAddress, readStyle } from './mail-addresses.ts';

/** HTML only, and of it only what is for reading. */
const ALLOWED: Config = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    ...['style', 'form', 'input', 'button', 'textarea', 'select', 'option', 'label', 'fieldset'],
    ...['audio', 'video', 'source', 'track', 'picture', 'map', 'area', 'dialog', 'meter'],
    ...['progress', 'template', 'slot', 'marquee', 'menu'],
  ],
  FORBID_ATTR: [
    // An id could stand for one of the page's own things; a class has no style here.
    ...['id', 'class', 'background', 'poster', 'action', 'srcset', 'sizes', 'usemap', 'ping'],
    ...['tabindex', 'accesskey', 'autofocus', 'contenteditable', 'draggable', 'popover', 'slot'],
    ...['popovertarget', 'popovertargetaction', 'loading', 'crossorigin', 'is', 'part'],
  ],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
  ADD_ATTR: ['data-quote', 'data-remote-src'],
};

export interface CleanedMail {
  html: string;
  /** How many images come from others, shown or held back. */
  remoteImages: number;
}

/**
 * The HTML of a mail, which the server has cleaned, cleaned once more by the browser's own eyes:
 * it is parsed as this browser parses it. Images of others load only when `remoteImages` is true.
 * `world`: the window whose parser reads it; our own policy would have its styles refused aloud.
 */
export function cleanMail(
  html: string,
  files: ReadonlyMap<string, string>,
  remoteImages: boolean,
  world: WindowLike,
): CleanedMail {
  const purifier = createPurifier(world);
  let remote = 0;
  purifier.addHook('afterSanitizeAttributes', (element) => {
    const style = element.getAttribute('style');
    if (style !== null) setOrRemove(element, 'style', readStyle(style));
    if (element.tagName === 'IMG') remote += showImage(element, files, remoteImages);
    if (element.tagName === 'A') openApart(element);
  });
  return { html: purifier.sanitize(html, ALLOWED), remoteImages: remote };
}

/** Answers how many images of others it is: 1 or 0. */
function showImage(image: Element, files: ReadonlyMap<string, string>, remote: boolean): number {
  const given = image.getAttribute('data-remote-src') ?? image.getAttribute('src') ?? '';
  const address = readImageAddress(given, files);
  image.removeAttribute('src');
  image.removeAttribute('data-remote-src');
  if (address === null) return 0;
  if ('own' in address) {
    image.setAttribute('src', address.own);
    return 0;
  }
  image.setAttribute(remote ? 'src' : 'data-remote-src', address.remote);
  image.setAttribute('referrerpolicy', 'no-referrer');
  return 1;
}

/** In a window of its own, which knows nothing of ours. */
function openApart(link: Element): void {
  const address = readLinkAddress(link.getAttribute('href') ?? '');
  setOrRemove(link, 'href', address);
  link.removeAttribute('target');
  if (address === null || address.startsWith('#')) return;
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer nofollow');
  link.setAttribute('referrerpolicy', 'no-referrer');
}

function setOrRemove(element: Element, name: string, value: string | null): void {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
