import type { DOMPurify } from 'dompurify';
import type { Attachment } from '../api/types.ts';

export interface FilledFrame {
  remoteImages: number;
  hasQuotes: boolean;
  showQuotes: (shown: boolean) => void;
}

/** A hostile mail may claim any height; the page stays usable. */
const HEIGHT_MAX_PX = 20_000;

/** Outlook marks only the head of what it quotes: so short a mark covers what follows it too. */
const QUOTE_HEAD_CHARS_MAX = 400;

/**
 * Puts a customer's HTML, which the server has cleaned, into the served frame, cleaned once more
 * by the frame's own parser. The frame's policy refuses scripts and (until asked for) remote
 * images; its styles and ours never meet.
 */
export async function fillFrame(
  frame: HTMLIFrameElement,
  html: string,
  attachments: Attachment[],
  onHeight: (px: number) => void,
): Promise<FilledFrame | null> {
  const page = frame.contentDocument;
  const view = page?.defaultView;
  if (!page || !view) return null;
  // Only pages with such mail need the cleaner.
  const { default: cleaner } = await import('dompurify');
  const wanted = new URL(frame.src).searchParams.has('images');
  const mail = cleaned(cleaner(view), html);
  inlineImages(mail, attachments);
  openOutside(mail);
  const remoteImages = remote(mail, wanted);
  const quotes = quotesIn(mail);
  const root = page.createElement('div');
  root.append(mail);
  page.body.replaceChildren(root);
  const measure = () => onHeight(Math.min(Math.ceil(root.offsetHeight), HEIGHT_MAX_PX));
  new ResizeObserver(measure).observe(root);
  return {
    remoteImages,
    hasQuotes: quotes.length > 0,
    showQuotes: (shown) => quotes.forEach((quote) => quote.toggleAttribute('hidden', !shown)),
  };
}

/** A fragment of a document without a window, where nothing loads and nothing runs. */
function cleaned(cleaner: DOMPurify, html: string): DocumentFragment {
  return cleaner.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'video', 'audio'],
    ADD_ATTR: ['target'],
  });
}

/** `cid:` images are files of the same mail. */
function inlineImages(mail: DocumentFragment, attachments: Attachment[]): void {
  const known = new Map(attachments.map((file) => [bare(file.contentId ?? ''), file.id]));
  for (const image of mail.querySelectorAll<HTMLImageElement>('img[src^="cid:"]')) {
    const id = known.get(bare((image.getAttribute('src') ?? '').slice('cid:'.length)));
    if (id === undefined) image.removeAttribute('src');
    else image.setAttribute('src', `/api/v1/attachments/${encodeURIComponent(id)}`);
  }
}

function bare(contentId: string): string {
  return contentId.replace(/^<|>$/g, '');
}

/** Links leave the frame, and tell the other side nothing about the desk. */
function openOutside(mail: DocumentFragment): void {
  for (const link of mail.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
}

/** Holds remote images back, or brings back what the server holds; answers how many there are. */
function remote(mail: DocumentFragment, wanted: boolean): number {
  const images = mail.querySelectorAll<HTMLImageElement>(
    'img[data-remote-src], img[src^="http:"], img[src^="https:"], img[src^="//"]',
  );
  for (const image of images) {
    const address = image.dataset.remoteSrc ?? image.getAttribute('src') ?? '';
    image.removeAttribute('src');
    image.removeAttribute('srcset');
    if (wanted) image.setAttribute('src', address);
  }
  return images.length;
}

/** What the mail quotes; the server marks it. */
function quotesIn(mail: DocumentFragment): Element[] {
  const marked = [...mail.querySelectorAll('[data-quote]')];
  return marked.flatMap((mark) => {
    const isHead =
      mark.tagName !== 'BLOCKQUOTE' && (mark.textContent ?? '').length < QUOTE_HEAD_CHARS_MAX;
    return isHead && !mark.querySelector('blockquote') ? [mark, ...following(mark)] : [mark];
  });
}

function following(mark: Element): Element[] {
  const after: Element[] = [];
  for (let next = mark.nextElementSibling; next; next = next.nextElementSibling) after.push(next);
  return after;
}
