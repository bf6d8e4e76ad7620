/** How an article's Markdown names a file: `![name](attachment:ID)`. */
export const FILE_SCHEME = 'attachment:';

/** Our ids have 36 letters; longer words are somebody's text. */
const NAMED = /\battachment:([0-9A-Za-z-]{1,200})/g;

/** A page of pictures; what goes beyond is no article any more. */
const FILES_MAX = 500;

/** The ids of the files that a text names, each once. */
export function filesNamedIn(body: string): string[] {
  const ids = [...body.matchAll(NAMED)].map(([, id = '']) => id);
  return [...new Set(ids)].slice(0, FILES_MAX);
}
