import type { Attachment } from '../api/types.ts';

export interface FilledFrame {
  remoteImages: number;
  hasQuotes: boolean;
  showQuotes: (shown: boolean) => void;
}

/** How mail programs mark what they quote: Gmail, Apple, Outlook, Yahoo, Thunderbird. */
const QUOTES = [
  '.gmail_quote',
  'blockquote[type=cite]',
  '#divRplyFwdMsg',
  '#divRplyFwdMsg ~ *',
  '#appendonsend ~ *',
  '.yahoo_quoted',
  '.moz-cite-prefix',
].join(',');

/** A hostile mail may claim any height; the page stays usable. */
const HEIGHT_MAX_PX = 20_000;

/**
 * Puts a customer's HTML into the served frame, cleaned once more. The frame's own policy refuses
 * scripts and (until asked for) remote images; its styles and ours never meet.
 */
export async function fillFrame(
  frame: HTMLIFrameElement,
  html: string,
  attachments: Attachment[],
  onHeight: (px: number) => void,
): Promise<FilledFrame | null> {
  const { default: purify } = await import('dompurify');
  const page = frame.contentDocument;
  if (page === null) return null;
  const clean = purify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'textarea', 'select', 'video', 'audio'],
    ADD_ATTR: ['target'],
  });
  inlineImages(clean, attachments);
  openOutside(clean);
  const remoteImages = clean.querySelectorAll('img[src^="http"], img[data-src]').length;
  const root = page.createElement('div');
  root.append(page.importNode(clean, true));
  restoreRemote(root, new URL(frame.src).searchParams.has('images'));
  page.body.replaceChildren(root);
  const quotes = [...root.querySelectorAll(QUOTES)];
  const measure = () => onHeight(Math.min(Math.ceil(root.offsetHeight), HEIGHT_MAX_PX));
  new ResizeObserver(measure).observe(root);
  return {
    remoteImages,
    hasQuotes: quotes.length > 0,
    showQuotes: (shown) => quotes.forEach((quote) => quote.toggleAttribute('hidden', !shown)),
  };
}

/** `cid:` images are files of the same mail. */
function inlineImages(mail: DocumentFragment, attachments: Attachment[]): void {
  const known = new Map(attachments.map((file) => [file.contentId ?? '', file.id]));
  for (const image of mail.querySelectorAll<HTMLImageElement>('img[src^="cid:"]')) {
    const id = known.get(image.getAttribute('src')?.slice('cid:'.length) ?? '');
    if (id === undefined) image.removeAttribute('src');
    else image.setAttribute('src', `/api/v1/attachments/${encodeURIComponent(id)}`);
  }
}

/** Links leave the frame, and tell the other side nothing about the desk. */
function openOutside(mail: DocumentFragment): void {
  for (const link of mail.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer nofollow');
  }
}

/** The server may park remote addresses in `data-src`; they come back only when asked for. */
function restoreRemote(root: HTMLElement, wanted: boolean): void {
  if (!wanted) return;
  for (const image of root.querySelectorAll<HTMLImageElement>('img[data-src]')) {
    image.src = image.dataset.src ?? '';
  }
}
