import MarkdownIt from 'markdown-it';

/** Text below one heading, or a part of it that still reads by itself. */
export interface ArticleSection {
  /** Empty before the first heading. */
  heading: string;
  /** Plain text; paragraphs and items of lists are lines. */
  text: string;
}

/**
 * Two or three paragraphs: what is longer says several things, and a quote of it would be a page.
 */
const SECTION_CHARS_MAX = 700;

/** `html: false`: what looks like a tag in an article is text. */
const markdown = new MarkdownIt({ html: false, linkify: false });

type Token = ReturnType<typeof markdown.parse>[number];

/** An article's Markdown as passages of plain text, in their order; at least one. */
export function splitArticle(body: string): ArticleSection[] {
  const sections: ArticleSection[] = [];
  let heading = '';
  let lines: string[] = [];
  const end = (): void => {
    if (lines.length > 0) sections.push({ heading, text: lines.join('\n') });
    lines = [];
  };
  let inHeading = false;
  for (const token of markdown.parse(body, {})) {
    if (token.type === 'heading_open') inHeading = true;
    if (token.type === 'heading_close') inHeading = false;
    const text = textOf(token);
    if (text === '') continue;
    if (inHeading) {
      end();
      heading = text;
      continue;
    }
    const chars = lines.reduce((sum, line) => sum + line.length, 0);
    if (chars > 0 && chars + text.length > SECTION_CHARS_MAX) end();
    lines.push(text);
  }
  end();
  return sections.length > 0 ? sections : [{ heading, text: '' }];
}

function textOf({ type, content, children }: Token): string {
  if (type === 'fence' || type === 'code_block') return content.trim();
  const parts = (children ?? []).map((child) => {
    if (child.type === 'softbreak' || child.type === 'hardbreak') return ' ';
    return child.content;
  });
  return parts.join('').replace(/\s+/g, ' ').trim();
}
