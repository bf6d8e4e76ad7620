import type { ArticlePart } from '../../api/types.ts';

/** Parts of an article as they go into an answer: items that stand together are one list. */
export function htmlOfParts(parts: readonly ArticlePart[]): string {
  let html = '';
  let list: ArticlePart['list'] = null;
  for (const part of parts) {
    if (part.list !== list) {
      html += `${list ? `</${list}>` : ''}${part.list ? `<${part.list}>` : ''}`;
      list = part.list;
    }
    html += part.kind === 'heading' ? asParagraph(part.html) : part.html;
  }
  return list ? `${html}</${list}>` : html;
}

/** Answers have no headings: one among a few sentences would shout. */
function asParagraph(html: string): string {
  return html.replace(/^<h\d[^>]*>/, '<p><strong>').replace(/<\/h\d>\s*$/, '</strong></p>');
}

/** The title of an article that leads to it. */
export function htmlOfLink(title: string, link: string): string {
  return `<a href="${escaped(link)}">${escaped(title)}</a> `;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
