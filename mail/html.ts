import { htmlToText } from 'html-to-text';
import sanitizeHtml from 'sanitize-html';
import { withBackgroundColors } from './background-color.ts';
import { cleanText, cut } from './clean-text.ts';
import { HTML_CHARS_MAX, HTML_DEPTH_MAX, HTML_TAGS_MAX, TEXT_CHARS_MAX } from './limits.ts';

const TAGS = [
  ...[
    'a',
    'abbr',
    'address',
    'article',
    'b',
    'bdo',
    'big',
    'blockquote',
    'br',
    'caption',
    'center',
  ],
  ...['cite', 'code', 'col', 'colgroup', 'dd', 'del', 'details', 'dfn', 'div', 'dl', 'dt', 'em'],
  ...['figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr'],
  ...[
    'i',
    'img',
    'ins',
    'kbd',
    'li',
    'main',
    'mark',
    'ol',
    'p',
    'pre',
    'q',
    's',
    'samp',
    'section',
  ],
  ...[
    'small',
    'span',
    'strike',
    'strong',
    'sub',
    'summary',
    'sup',
    'table',
    'tbody',
    'td',
    'tfoot',
  ],
  ...['th', 'thead', 'tr', 'tt', 'u', 'ul', 'var', 'wbr'],
];

/** No URL attributes but href and src: the others are not checked for their scheme. */
const ATTRIBUTES = {
  '*': [
    'align',
    'bgcolor',
    'dir',
    'height',
    'lang',
    'style',
    'title',
    'valign',
    'width',
    'data-quote',
  ],
  a: ['href', 'name', 'target', 'rel', 'referrerpolicy'],
  img: ['src', 'alt', 'data-remote-src'],
  font: ['color', 'face', 'size'],
  table: ['border', 'cellpadding', 'cellspacing', 'summary'],
  td: ['colspan', 'rowspan', 'nowrap'],
  th: ['colspan', 'rowspan', 'nowrap', 'scope'],
  ol: ['start', 'type'],
  li: ['value'],
  col: ['span'],
  colgroup: ['span'],
};

/** Words, numbers and colours; no function can load, compute or run anything. */
const PLAIN_VALUE = /^(?:[-\w\s#%.,'"!/+]|\b(?:rgb|rgba|hsl|hsla)\([\d\s.,%/]{1,60}\)){1,300}$/i;

const PROPERTIES = [
  ...[
    'background-color',
    'border-collapse',
    'border-radius',
    'border-spacing',
    'color',
    'direction',
  ],
  ...['display', 'font', 'font-family', 'font-size', 'font-style', 'font-variant', 'font-weight'],
  ...['height', 'letter-spacing', 'line-height', 'list-style-type', 'max-height', 'max-width'],
  ...['min-width', 'mso-hide', 'overflow-wrap', 'table-layout', 'text-align', 'text-decoration'],
  ...['text-indent', 'text-transform', 'vertical-align', 'white-space', 'width', 'word-break'],
  ...['margin', 'padding', 'border'].flatMap((box) => [
    box,
    ...['top', 'right', 'bottom', 'left'].map((side) => `${box}-${side}`),
  ]),
  ...['border-color', 'border-style', 'border-width'],
];

const STYLES = { '*': Object.fromEntries(PROPERTIES.map((name) => [name, [PLAIN_VALUE]])) };

/** Images that travel within the mail; SVG is a document and stays out. */
const EMBEDDED_IMAGE = /^(?:cid:|data:image\/(?:png|jpe?g|gif|webp|bmp);base64,)/i;
const REMOTE_IMAGE = /^(?:https?:)?\/\//i;

/** How mail programs mark the mail that is answered. */
const QUOTE_CLASS = /(?:^|\s)(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)/i;
const QUOTE_ID = /^(?:divRplyFwdMsg|appendonsend|isForwardContent|mail-editor-reference)/i;

/** Outlook on the desktop draws a line above the head of the mail that is answered. */
const QUOTE_LINE = /^\s*border:\s*none;\s*border-top:\s*solid\b/i;

export interface SanitiseOptions {
  /** `hold`: their address moves to `data-remote-src`, so that nothing loads by being shown. */
  remoteImages: 'hold' | 'keep';
  /**
   * What gets marked as quoted: `all`, only `blocks` (a view folds what follows a head, and with a
   * quotation on top that is the answer), or `none` (a forwarded mail, answers in between).
   */
  quotes?: 'all' | 'blocks' | 'none';
  /** Where an image is to be loaded from instead; null leaves it to the rules. */
  moveImage?: (address: string) => string | null;
}

/**
 * HTML of a mail that is safe to show in a frame without scripts: no script, style sheet, form or
 * frame, no attribute that loads anything. The elements that hold the quoted mail carry
 * `data-quote`. Null when the HTML is larger or more complex than a mail can be.
 */
export function sanitiseMailHtml(html: string, options: SanitiseOptions): string | null {
  const { quotes = 'all' } = options;
  if (html.length > HTML_CHARS_MAX || countTags(html) > HTML_TAGS_MAX) return null;
  return sanitizeHtml(cleanText(html, HTML_CHARS_MAX), {
    allowedTags: TAGS,
    allowedAttributes: ATTRIBUTES,
    allowedStyles: STYLES,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'] },
    allowProtocolRelative: true,
    nestingLimit: HTML_DEPTH_MAX,
    // What stands in these is no part of the page: gone with the element, not left as text.
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'template'],
    transformTags: {
      '*': (tagName, attribs) => markQuote(tagName, attribs, quotes),
      img: (tagName, attribs) => ({ tagName, attribs: imageAttributes(attribs, options) }),
      a: (tagName, attribs) => ({ tagName, attribs: linkAttributes(attribs) }),
    },
  });
}

type Attributes = Record<string, string>;

function markQuote(
  tagName: string,
  attribs: Attributes,
  quotes: 'all' | 'blocks' | 'none',
): { tagName: string; attribs: Attributes } {
  const { 'data-quote': _claimed, ...rest } = attribs;
  if (rest['style'] !== undefined) rest['style'] = withBackgroundColors(rest['style']);
  const isMarked =
    quotes === 'all'
      ? isQuote(tagName, attribs)
      : quotes === 'blocks' && tagName === 'blockquote' && isQuote(tagName, attribs);
  return { tagName, attribs: isMarked ? { ...rest, 'data-quote': '' } : rest };
}

function isQuote(tagName: string, attribs: Attributes): boolean {
  return (
    QUOTE_CLASS.test(attribs['class'] ?? '') ||
    QUOTE_ID.test(attribs['id'] ?? '') ||
    (tagName === 'blockquote' && attribs['type'] === 'cite') ||
    (tagName === 'div' && QUOTE_LINE.test(attribs['style'] ?? ''))
  );
}

function imageAttributes(attribs: Attributes, options: SanitiseOptions): Attributes {
  const { remoteImages, moveImage } = options;
  const { src = '', 'data-remote-src': held = '', ...rest } = attribs;
  // What was held back before is a remote image still.
  const given = src.trim() || (REMOTE_IMAGE.test(held) ? held : '');
  const address = moveImage?.(given) ?? given;
  if (EMBEDDED_IMAGE.test(address)) return { ...rest, src: address };
  if (!REMOTE_IMAGE.test(address)) return rest;
  const absolute = address.startsWith('//') ? `https:${address}` : address;
  return { ...rest, [remoteImages === 'hold' ? 'data-remote-src' : 'src']: absolute };
}

function linkAttributes(attribs: Attributes): Attributes {
  const { target: _target, rel: _rel, referrerpolicy: _policy, ...rest } = attribs;
  if (attribs['href'] === undefined) return rest;
  const apart = { target: '_blank', rel: 'noopener noreferrer nofollow' };
  return { ...rest, ...apart, referrerpolicy: 'no-referrer' };
}

function countTags(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) {
    const code = html.charCodeAt(at + 1) | 0x20;
    if (code >= 0x61 && code <= 0x7a) count += 1;
  }
  return count;
}

/** The text of HTML as a person reads it, quotations marked with `> `. Never throws. */
export function htmlToPlainText(html: string): string {
  if (html.length <= HTML_CHARS_MAX && countTags(html) <= HTML_TAGS_MAX) {
    try {
      return withoutEmptyEnds(cleanText(convert(html), TEXT_CHARS_MAX));
    } catch {
      // The plain way below shows what the converter could not read.
    }
  }
  return stripTags(html);
}

function convert(html: string): string {
  return htmlToText(html, {
    wordwrap: false,
    limits: { maxDepth: HTML_DEPTH_MAX, maxInputLength: HTML_CHARS_MAX },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['<', '>'] } },
      { selector: 'img', format: 'skip' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
        selector,
        options: { uppercase: false },
      })),
      { selector: 'table', format: 'block' },
      { selector: 'tr', format: 'block' },
      { selector: 'td', format: 'inlineSurround', options: { suffix: ' ' } },
      { selector: 'th', format: 'inlineSurround', options: { suffix: ' ' } },
    ],
  });
}

function withoutEmptyEnds(text: string): string {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Linear for any input: a tag ends at the next bracket of either kind. */
function stripTags(html: string): string {
  const text = cut(html, HTML_CHARS_MAX)
    .replace(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]*>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/gi, ' ')
    .replace(/&lt;/gi, '<')
    .replace(/&gt;/gi, '>')
    .replace(/&quot;/gi, '"')
    .replace(/&amp;/gi, '&')
    .replace(/[ \t]+/g, ' ')
    .replace(/\n[ \n]+/g, '\n');
  return cleanText(text, TEXT_CHARS_MAX).trim();
}

const LINK = /\bhttps?:\/\/[^\s<>"']{1,2000}/g;

/** Text as simple HTML: line breaks kept, addresses of web pages as links. */
export function plainTextToHtml(text: string): string {
  let html = '';
  let last = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutLastMarks(match[0]);
    html += escapeHtml(text.slice(last, match.index));
    html += `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
    last = match.index + address.length;
  }
  return (html + escapeHtml(text.slice(last))).replaceAll('\n', '<br>\n');
}

/** Marks at the end of an address belong to the sentence around it. */
function withoutLastMarks(address: string): string {
  let end = address.length;
  while (end > 0 && '.,;:!?)]}'.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
