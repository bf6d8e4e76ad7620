export interface ShownMail {
  hasQuotes: boolean;
  /** It brings colors of its own, which were chosen for white paper. */
  hasColors: boolean;
  showQuotes: (shown: boolean) => void;
  /** How it looks beside the rest of the page: dark or not, and the color of its links. */
  paint: (dark: boolean, colors: { text: string; link: string }) => void;
  stop: () => void;
}

/** A hostile mail may claim any height; beyond this it scrolls within its frame. */
const HEIGHT_MAX_PX = 20_000;

/** Smaller than 10 px letters nobody likes to read. */
const ZOOM_MIN = 0.7;

/** Outlook marks only the head of what it quotes: so short a mark covers what follows it too. */
const QUOTE_HEAD_CHARS_MAX = 400;

/** Set on quoted elements while they are folded; the page's style hides them. */
const HIDDEN = 'data-quote-folded';

const COLORED = '[bgcolor],[color],[style*="color" i],[style*="background" i]';

/** The empty page for a mail, which brings a policy of its own: no script, no image of others. */
export function framePage(images: boolean): string {
  return `/api/v1/mail-frame${images ? '?images=true' : ''}`;
}

/**
 * Puts a cleaned mail into the page of a frame, and looks at it: how tall it is, what it quotes.
 * Null when the frame holds something else, such as the word that nobody is signed in.
 */
export function fillFrame(
  frame: HTMLIFrameElement,
  html: string,
  onHeight: (px: number) => void,
): ShownMail | null {
  const page = frame.contentDocument;
  const place = page?.getElementById('mail');
  if (!page || !place) return null;
  place.innerHTML = html;
  const root = page.documentElement;
  const quotes = quotesIn(place);
  // We measure from outside: a script within the frame would need the right to run scripts.
  let fitted = 0;
  const observer = new ResizeObserver(() => {
    if (root.clientWidth !== fitted) fit(place);
    fitted = root.clientWidth;
    onHeight(Math.min(Math.ceil(root.offsetHeight), HEIGHT_MAX_PX));
  });
  observer.observe(root);
  const hasColors = place.querySelector(COLORED) !== null;
  return {
    hasQuotes: quotes.length > 0,
    hasColors,
    showQuotes: (shown) => quotes.forEach((quote) => quote.toggleAttribute(HIDDEN, !shown)),
    paint: (dark, { text, link }) => {
      const ownPaper = hasColors && dark;
      root.style.colorScheme = dark && !hasColors ? 'dark' : 'light';
      root.style.color = ownPaper ? '' : text;
      root.style.setProperty('--link', ownPaper ? '' : link);
    },
    stop: () => observer.disconnect(),
  };
}

/**
 * What is a little wider than the card is made smaller. What would be too small to read then keeps
 * its size and scrolls: smaller and cut off is the worst of both.
 */
function fit(place: HTMLElement): void {
  place.style.zoom = '';
  const share = place.clientWidth / place.scrollWidth;
  if (share < 1 && share >= ZOOM_MIN) place.style.zoom = String(share);
}

/** What the mail quotes; the server marks it. */
function quotesIn(mail: Element): Element[] {
  const marked = [...mail.querySelectorAll('[data-quote]')];
  return marked.flatMap((mark) => (isHead(mark) ? [mark, ...following(mark, mail)] : [mark]));
}

function isHead(mark: Element): boolean {
  if (mark.tagName === 'BLOCKQUOTE' || mark.querySelector('blockquote')) return false;
  return (mark.textContent ?? '').length < QUOTE_HEAD_CHARS_MAX;
}

/** What stands behind an element in the mail, whatever the element is wrapped in. */
function following(mark: Element, mail: Element): Element[] {
  const after: Element[] = [];
  for (let at: Element | null = mark; at && at !== mail; at = at.parentElement) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) after.push(next);
  }
  return after;
}
