import MarkdownIt from 'markdown-it';

import { sanitiseMailHtml } from '../mail/html.ts';

/** One piece of an article that makes sense by itself. */
export interface ArticlePart {
  kind: 'heading' | 'paragraph' | 'item' | 'block';
  /** For an item the list that it stands in. */
  list: 'ul' | 'ol' | null;
  html: string;
}

/** `html: false`: what looks like a tag in an article is text. */
const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false });

type Tokens = ReturnType<typeof markdown.parse>;

/** An article's Markdown in pieces that can be sent apart: paragraphs, headings, items of lists. */
export function articleParts(body: string): ArticlePart[] {
  const tokens = markdown.parse(body, {});
  return blocksIn(tokens, 0).flatMap((block) => {
    const type = block[0]?.type;
    if (type === 'hr') return [];
    if (type === 'bullet_list_open' || type === 'ordered_list_open') return items(block);
    return [{ kind: kindOf(type), list: null, html: render(block) }];
  });
}

/** The whole article as HTML that runs nothing. */
export function articleHtml(body: string): string {
  return cleaned(markdown.render(body));
}

function kindOf(type: string | undefined): ArticlePart['kind'] {
  if (type === 'heading_open') return 'heading';
  return type === 'paragraph_open' ? 'paragraph' : 'block';
}

/** Those within one list; what stands in an item stays with it. */
function items(list: Tokens): ArticlePart[] {
  const tag = list[0]?.tag === 'ol' ? 'ol' : 'ul';
  const inside = list.slice(1, -1);
  return blocksIn(inside, 1).map((item) => ({ kind: 'item', list: tag, html: render(item) }));
}

/** Runs of tokens that open and close on one level. */
function blocksIn(tokens: Tokens, level: number): Tokens[] {
  const blocks: Tokens[] = [];
  let block: Tokens = [];
  for (const token of tokens) {
    block.push(token);
    if (token.level !== level || token.nesting > 0) continue;
    blocks.push(block);
    block = [];
  }
  return blocks;
}

function render(tokens: Tokens): string {
  return cleaned(markdown.renderer.render(tokens, markdown.options, {}).trim());
}

/** A second lock: the same that mail passes through. */
function cleaned(html: string): string {
  return sanitiseMailHtml(html, { remoteImages: 'keep', quotes: 'none' }) ?? '';
}
