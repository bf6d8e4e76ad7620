/**
 * What the editor holds, as mail programs show it: they drop style sheets, so each element carries
 * its own look. The editor writes few elements, and never a bare "<" in text.
 */
const STYLES: Readonly<Record<string, string>> = {
  p: 'margin:0 0 12px 0',
  ul: 'margin:0 0 12px 0;padding-left:24px',
  ol: 'margin:0 0 12px 0;padding-left:24px',
  li: 'margin:0 0 4px 0',
  blockquote: 'margin:0 0 12px 0;border-left:2px solid #cfd8d6;padding-left:12px;color:#5b6668',
  pre:
    'margin:0 0 12px 0;padding:8px 12px;background-color:#f2f5f4;border-radius:4px;' +
    'font-family:Consolas,Menlo,monospace;font-size:13px;white-space:pre-wrap',
  code: 'font-family:Consolas,Menlo,monospace;font-size:13px',
  a: 'color:#0f6454',
  img: 'max-width:100%;height:auto',
};

const ELEMENT = /<(p|ul|ol|li|blockquote|pre|code|a|img)((?:\s[^<>]*)?)>/g;

/** The paragraph of an item would stand apart from its bullet in mail programs. */
const PARAGRAPH_OF_ITEM = /<li><p>((?:(?!<\/?p>|<\/?[uo]l>).)*)<\/p>/gs;

/** An element without words takes no room in a mail; the line that was left free is meant. */
const EMPTY_PARAGRAPH = /<p><\/p>/g;

/** Pictures that have not arrived yet are known to this page alone. */
const PICTURE_ON_ITS_WAY = /<img[^<>]*\ssrc="blob:[^"]*"[^<>]*>/g;

/** The HTML of a mail from what the editor holds. */
export function mailHtml(written: string): string {
  return withoutPicturesOnTheirWay(written)
    .replace(/(?:<p><\/p>)+$/, '')
    .replace(PARAGRAPH_OF_ITEM, '<li>$1')
    .replace(EMPTY_PARAGRAPH, '<p><br></p>')
    .replace(ELEMENT, (_whole, name: string, rest: string) => {
      const kept = rest.replace(/\s(?:class|style|target|rel)="[^"]*"/g, '');
      return `<${name}${kept} style="${STYLES[name] ?? ''}">`;
    });
}

const LINK_OF_ITSELF = /<a\s[^<>]*href="([^"<>]+)"[^<>]*>\1<\/a>/g;

/**
 * What is sent of it: words without a layout go as text, which every reader shows in letters of
 * their own choice, and the timeline in ours.
 */
export function sentWords(written: string): { text: string } | { html: string } {
  const plain = written.replace(LINK_OF_ITSELF, '$1').replace(/<(?:p|br)>|<\/p>/g, '');
  return plain.includes('<') ? { html: mailHtml(written) } : { text: textOfHtml(written).trim() };
}

export function withoutPicturesOnTheirWay(html: string): string {
  return html.replace(PICTURE_ON_ITS_WAY, '');
}

const PICTURE = /<img[^<>]*\ssrc="\/api\/v1\/attachments\/([^"/]+)"/g;

/** The ids of the files that are shown within the words. */
export function picturesIn(html: string): string[] {
  return [...new Set([...html.matchAll(PICTURE)].map(([, id = '']) => decodeURIComponent(id)))];
}

/** Whether there is nothing to read or to see. */
export function isEmptyHtml(html: string): boolean {
  return !html.includes('<img') && textOfHtml(html).trim() === '';
}

/** Plain text as the editor holds it: an empty line parts paragraphs. */
export function htmlOfText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((part) => `<p>${escaped(part).replaceAll('\n', '<br>')}</p>`)
    .join('');
}

/** What the editor holds as plain text. */
export function textOfHtml(html: string): string {
  const lines = html
    .replace(/<br[^<>]*>/g, '\n')
    .replace(/<li[^<>]*>(?:<p>)?/g, '• ')
    .replace(/<\/li>/g, '\n')
    .replace(/(?:<\/p>)?<\/(?:blockquote|ul|ol)>/g, '\n')
    .replace(/<\/(?:p|pre)>(?!\n)/g, '\n\n')
    .replace(/<[^<>]*>/g, '');
  return unescaped(lines)
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n+$/, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text
    .replaceAll('&nbsp;', '\u00a0')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
