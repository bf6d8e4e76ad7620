import { sanitiseMailHtml } from './html.ts';

const LETTER = /\p{L}/u;

/**
 * What stands in a text for what HTML has as links and images: no letters of the words. None
 * reaches over the beginning of the next, so that a long text costs no more than its length.
 */
const NOT_WORDS =
  /<(?:https?:|tel:)[^<>\s]*>|<[^<>\s@]*@[^<>\s]*>|\[(?:cid|image):[^[\]\n]{0,500}\]/gi;

/** The beginning of a signature (RFC 3676, 4.3), which is no part of what a person answers. */
const RULE = /^\s*--\s*(?:\n|$)/;

const TOKENS = /<[^<>]*>|[^<]+|</g;

/**
 * The HTML of an answer without the mail that it quotes and without a signature: it is followed
 * along the words of the answer, and ends where the next ones would begin. Null when its words are
 * not those of the answer, which is then better shown as text.
 *
 * @param html as `sanitiseMailHtml` gives it, so that a bracket begins a tag and nothing else
 * @param replyText what the sender wrote anew
 */
export function replyHtmlOf(html: string, replyText: string): string | null {
  const words = lettersOf(replyText.replace(NOT_WORDS, ' '));
  let found = 0;
  let end = html.length;
  for (const { 0: token, index } of html.matchAll(TOKENS)) {
    const isTag = token.startsWith('<') && token.length > 1;
    if (isTag && !/\sdata-quote(?:=|>|\s)/.test(token)) continue;
    const isOver = isTag || RULE.test(decoded(token));
    if (isOver && found === words.length) {
      end = index;
      break;
    }
    if (isTag) continue;
    const next = lettersOf(decoded(token));
    const isWithin = words.startsWith(next, found) && next !== '';
    if (next !== '' && !isWithin) {
      if (found < words.length) return null;
      end = index;
      break;
    }
    found += next.length;
  }
  if (found < words.length) return null;
  const reply = sanitiseMailHtml(html.slice(0, end), { remoteImages: 'hold', quotes: 'none' });
  return reply?.trim() || null;
}

/** Letters alone: marks, numbers of lists and spaces differ from program to program. */
function lettersOf(text: string): string {
  return [...text.normalize('NFC')].filter((sign) => LETTER.test(sign)).join('');
}

function decoded(text: string): string {
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
