import { htmlToPlainText, plainTextToHtml } from '../html.ts';
import type { MimeNode } from './mime-tree.ts';

/** A stretch of a mail's body; both are the same words when it came as alternatives. */
export interface Block {
  plain: string | null;
  html: string | null;
}

export interface Body {
  /** '' when there is none. */
  text: string;
  /** As it came: not yet safe to show. Null when no part is HTML. */
  html: string | null;
}

/**
 * The body of a mail from its parts as they nest (RFC 2046, 5.1): parts one after the other, and of
 * alternatives one plain and one HTML, in whatever order they stand.
 *
 * @param blockOf what a leaf adds; null for a file
 */
export function assembleBody<Taken>(
  root: MimeNode<Taken>,
  blockOf: (taken: Taken) => Block | null,
): Body {
  return joinBlocks(blocksOf(root, blockOf));
}

export function joinBlocks(blocks: readonly Block[]): Body {
  const text = blocks
    .map(textOf)
    .filter((piece) => piece.trim() !== '')
    .join('\n\n');
  const hasHtml = blocks.some(({ html }) => html !== null);
  const shown = blocks.filter(({ plain, html }) => html !== null || plain?.trim() !== '');
  return { text, html: hasHtml ? shown.map(htmlOf).join('<br>\n') : null };
}

function textOf({ plain, html }: Block): string {
  if (plain !== null && plain.trim() !== '') return plain.trimEnd();
  return html === null ? '' : htmlToPlainText(html);
}

function htmlOf({ plain, html }: Block): string {
  return html ?? `<div>${plainTextToHtml(plain ?? '')}</div>`;
}

function blocksOf<Taken>(node: MimeNode<Taken>, blockOf: (taken: Taken) => Block | null): Block[] {
  if (node.taken !== null) {
    const block = blockOf(node.taken);
    return block === null ? [] : [block];
  }
  const children = node.children.map((child) => blocksOf(child, blockOf));
  if (node.type !== 'multipart/alternative') return children.flat();
  return alternative(children.filter((blocks) => blocks.length > 0));
}

/** The last one of a kind is the richest; one with HTML within may have plain stretches too. */
function alternative(children: readonly Block[][]): Block[] {
  const rich = children.findLast((blocks) => blocks.some(({ html }) => html !== null));
  const plain = children.findLast((blocks) => blocks.every(({ html }) => html === null));
  if (!rich) return plain ?? [];
  const words = plain?.map(textOf).join('\n\n') ?? '';
  if (words.trim() === '') return rich;
  return [{ plain: words, html: joinBlocks(rich).html }];
}
