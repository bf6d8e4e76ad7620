import MarkdownIt from 'markdown-it';

import { FILE_SCHEME } from '../domain/answers/article-files.ts';
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

/** Where the reader gets a file that the article names; null: nowhere, and it is left out. */
export type FileAddress = (id: string) => string | null;

type Tokens = ReturnType<typeof markdown.parse>;

/** An article's Markdown in pieces that can be sent apart: paragraphs, headings, items of lists. */
export function articleParts(body: string, files: FileAddress): ArticlePart[] {
  const tokens = withFiles(markdown.parse(body, {}), files);
  return blocksIn(tokens, 0).flatMap((block) => {
    const type = block[0]?.type;
    if (type === 'hr') return [];
    if (type === 'bullet_list_open' || type === 'ordered_list_open') return items(block);
    return [{ kind: kindOf(type), list: null, html: render(block) }];
  });
}

/** The whole article as HTML that runs nothing. */
export function articleHtml(body: string, files: FileAddress): string {
  return render(withFiles(markdown.parse(body, {}), files));
}

/** Of a signed-in agent. */
export const agentsFile: FileAddress = (id) => `/api/v1/attachments/${encodeURIComponent(id)}`;

/** Of everybody; `from` is the server's own address, where what is sent needs it. */
export function helpFile(company: string, from = ''): FileAddress {
  const path = `${from}/api/v1/help/${encodeURIComponent(company)}/files`;
  return (id) => `${path}/${encodeURIComponent(id)}`;
}

function withFiles(tokens: Tokens, files: FileAddress): Tokens {
  let isUnlinked = false;
  for (const token of tokens) {
    if (token.type === 'image' && !leadTo(token, 'src', files)) asText(token, token.content);
    if (token.type === 'link_open' && !leadTo(token, 'href', files)) {
      isUnlinked = true;
      asText(token, '');
    }
    if (token.type === 'link_close' && isUnlinked) {
      isUnlinked = false;
      asText(token, '');
    }
    if (token.children) withFiles(token.children, files);
  }
  return tokens;
}

/** False when what it names is a file that the reader cannot get. */
function leadTo(token: Tokens[number], attribute: 'src' | 'href', files: FileAddress): boolean {
  const given = String(token.attrGet(attribute) ?? '');
  if (!given.startsWith(FILE_SCHEME)) return true;
  const address = files(given.slice(FILE_SCHEME.length));
  if (address !== null) token.attrSet(attribute, address);
  return address !== null;
}

/** Its name stands in its place. */
function asText(token: Tokens[number], words: string): void {
  token.type = 'text';
  token.content = words;
  token.nesting = 0;
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

/** A picture that mail would bring along passes the second lock, and so do ours by that name. */
const OURS = 'cid:of-this-server:';
const OWN_FILE = /^\/api\/v1\/(attachments|help\/[^/]+\/files)\/[^/]+$/;
const OWN_IMAGE = new RegExp(`(<img[^>]* src=")${OURS}`, 'g');

/** A second lock: the same that mail passes through. */
function cleaned(html: string): string {
  const options = {
    remoteImages: 'keep',
    quotes: 'none',
    moveImage: (address: string) => (OWN_FILE.test(address) ? `${OURS}${address}` : null),
  } as const;
  return (sanitiseMailHtml(html, options) ?? '').replace(OWN_IMAGE, '$1');
}
