export interface ShownMail {
  /** Remote images that the server holds back until they are asked for. */
  heldImages: number;
  hasQuotes: boolean;
  showQuotes: (shown: boolean) => void;
}

/** A hostile mail may claim any height; the page stays usable. */
const HEIGHT_MAX_PX = 20_000;

/** Outlook marks only the head of what it quotes: so short a mark covers what follows it too. */
const QUOTE_HEAD_CHARS_MAX = 400;

/** Set on quoted elements while they are folded. */
const HIDDEN = 'data-quote-folded';

/** The address of a mail as a page of its own, without scripts and with its own policy. */
export function mailPage(message: string, images: boolean): string {
  return `/api/v1/messages/${encodeURIComponent(message)}/html${images ? '?images=true' : ''}`;
}

/** Looks at a mail that has loaded: how tall it is, what it quotes, what it does without. */
export function readFrame(
  frame: HTMLIFrameElement,
  onHeight: (px: number) => void,
): ShownMail | null {
  const page = frame.contentDocument;
  if (page === null) return null;
  const root = page.documentElement;
  const quotes = quotesIn(page);
  // A rule beats whatever display the mail's own style gives its quotes.
  const rule = page.createElement('style');
  rule.textContent = `[${HIDDEN}]{display:none!important}`;
  page.head.append(rule);
  const measure = () => onHeight(Math.min(Math.ceil(root.offsetHeight), HEIGHT_MAX_PX));
  new ResizeObserver(measure).observe(root);
  return {
    heldImages: page.querySelectorAll('img[data-remote-src]').length,
    hasQuotes: quotes.length > 0,
    showQuotes: (shown) => quotes.forEach((quote) => quote.toggleAttribute(HIDDEN, !shown)),
  };
}

/** What the mail quotes; the server marks it. */
function quotesIn(page: Document): Element[] {
  const marked = [...page.querySelectorAll('[data-quote]')];
  return marked.flatMap((mark) => (isHead(mark) ? [mark, ...following(mark)] : [mark]));
}

function isHead(mark: Element): boolean {
  if (mark.tagName === 'BLOCKQUOTE' || mark.querySelector('blockquote')) return false;
  return (mark.textContent ?? '').length < QUOTE_HEAD_CHARS_MAX;
}

function following(mark: Element): Element[] {
  const after: Element[] = [];
  for (let next = mark.nextElementSibling; next; next = next.nextElementSibling) after.push(next);
  return after;
}
