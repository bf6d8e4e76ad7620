import { posix } from 'node:path';

/** An article as a file of Markdown says it. */
export interface MarkdownArticle {
  title: string;
  body: string;
  labels: string[];
  /** Null: the file does not say. */
  language: string | null;
}

/**
 * Front matter (`title`, `labels`, `language`) comes first, then the first heading, then the name
 * of the file. The folders that it is in become labels.
 */
export function readMarkdown(path: string, text: string): MarkdownArticle {
  const { fields, body: rest } = frontMatterOf(text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n'));
  const [, heading = '', below = ''] = /^\s*# +(.+?)(?: +#+)? *\n([^]*)$/.exec(`${rest}\n`) ?? [];
  const named = fields.get('title')?.[0];
  // A heading that says the title again would stand twice on the page.
  const isTitle = heading !== '' && (named === undefined || named === heading);
  return {
    title: named ?? (heading === '' ? nameOf(path) : heading),
    body: (isTitle ? below : rest).trim(),
    labels: [
      ...new Set([...foldersOf(path), ...(fields.get('labels') ?? fields.get('tags') ?? [])]),
    ],
    language: fields.get('language')?.[0] ?? fields.get('lang')?.[0] ?? null,
  };
}

/** Where a link may lead, with what stands around it. */
const LINK = /(!?\[[^\]]*\]\()<?([^)\s>]+)>?(\s+"[^"]*")?\)/g;

/** A block of code shows what it says. */
const FENCED = /^ {0,3}(`{3,}|~{3,})[^]*?^ {0,3}\1[^\n]*$/gm;

/** The places within the folder that the text of a file leads to, each once. */
export function linkedPlaces(path: string, body: string): string[] {
  const places = new Set<string>();
  withLinks(body, (target) => {
    const place = placeOf(path, target);
    if (place !== null) places.add(place.path);
    return null;
  });
  return [...places];
}

/** Leads links elsewhere; a place that is not in the map stays as it is. */
export function moveLinks(path: string, body: string, moved: ReadonlyMap<string, string>): string {
  return withLinks(body, (target) => {
    const place = placeOf(path, target);
    const to = place === null ? undefined : moved.get(place.path);
    if (to === undefined) return null;
    return to.startsWith('attachment:') ? to : `${to}${place?.part ?? ''}`;
  });
}

function withLinks(body: string, move: (target: string) => string | null): string {
  const fences = [...body.matchAll(FENCED)].map(({ index, 0: text }) => [
    index,
    index + text.length,
  ]);
  return body.replace(LINK, (whole: string, ...found: unknown[]) => {
    const [start, target, title, at] = found;
    const inCode = fences.some(([from = 0, to = 0]) => Number(at) >= from && Number(at) < to);
    const to = inCode ? null : move(String(target));
    return to === null ? whole : `${String(start)}${to}${typeof title === 'string' ? title : ''})`;
  });
}

/** Null for what is elsewhere on the web, on the same page, or outside of the folder. */
function placeOf(path: string, target: string): { path: string; part: string } | null {
  if (/^([a-z][a-z0-9+.-]*:|\/|#)/i.test(target)) return null;
  const [, file = '', part = ''] = /^([^#?]*)(?:\?[^#]*)?(#.*)?$/.exec(target) ?? [];
  const found = posix.join(posix.dirname(path), decoded(file));
  return found.startsWith('../') || found === '..' ? null : { path: found, part };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function nameOf(path: string): string {
  const words = posix.basename(path, posix.extname(path)).replace(/[-_]+/g, ' ').trim();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === '.' ? [] : folder.split('/');
}

/** The few lines of YAML that notes begin with: `key: value`, `[a, b]`, or `- a` below the key. */
function frontMatterOf(text: string): { fields: Map<string, string[]>; body: string } {
  const fields = new Map<string, string[]>();
  const [, head, body] = /^---\n([^]*?)\n(?:---|\.\.\.)(?:\n([^]*))?$/.exec(text) ?? [];
  if (head === undefined) return { fields, body: text };
  let key = '';
  for (const line of head.split('\n')) {
    const [, name, value = ''] = /^([A-Za-z_-]+):\s*(.*)$/.exec(line) ?? [];
    const [, item] = /^\s*-\s+(.+)$/.exec(line) ?? [];
    if (name !== undefined) {
      key = name.toLowerCase();
      fields.set(key, valuesOf(key, value));
    } else if (item !== undefined) fields.get(key)?.push(bare(item));
  }
  for (const [name, values] of fields) if (values.length === 0) fields.delete(name);
  return { fields, body: body ?? '' };
}

function valuesOf(key: string, value: string): string[] {
  const isList = key === 'labels' || key === 'tags';
  const list = isList ? value.replace(/^\[(.*)\]$/, '$1').split(',') : [value];
  return list.map(bare).filter((one) => one !== '');
}

function bare(value: string): string {
  return value
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim();
}
