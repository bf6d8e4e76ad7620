/** What an image of a mail loads: a file of ours, something of others, or nothing. */
export type ImageAddress = { own: string } | { remote: string } | null;

/** Images that travel within the HTML; SVG is a document and stays out. */
const EMBEDDED = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,/i;
const REMOTE = /^(?:https?:)?\/\//i;

/** The addresses that a link of a mail may have; one without a host would lead into the desk. */
const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;

/** A style that loads, floats over the page, or is written so that nobody can read it. */
const HARMFUL_STYLE =
  /url\s*\(|image-set|expression|position\s*:|behavior|-moz-binding|var\s*\(|[@\\<]/i;

/** The frame is as tall as its mail: a part as tall as the frame would grow for ever. */
const OF_THE_FRAME = /[\d.]+(?:[dls]?v(?:h|b|min|max))\b/gi;

/** The files of a mail by their Content-ID. */
export function filesByContentId(
  files: readonly { id: string; contentId?: string | null }[],
): Map<string, string> {
  return new Map(files.flatMap(({ id, contentId }) => (contentId ? [[bare(contentId), id]] : [])));
}

/** Where the address in an image of a mail leads. */
export function readImageAddress(
  address: string,
  files: ReadonlyMap<string, string>,
): ImageAddress {
  const given = address.trim();
  if (EMBEDDED.test(given)) return { own: given };
  if (/^cid:/i.test(given)) {
    const id = files.get(bare(decoded(given.slice('cid:'.length))));
    return id === undefined ? null : { own: `/api/v1/attachments/${encodeURIComponent(id)}` };
  }
  // Encrypted or not at all: who listens on the way learns what is read.
  return REMOTE.test(given) ? { remote: given.replace(REMOTE, 'https://') } : null;
}

/** A link as it may be followed; null when it leads nowhere that a mail may lead to. */
export function readLinkAddress(address: string): string | null {
  const given = address.trim();
  if (given.startsWith('#') || LINK.test(given)) return given;
  return given.startsWith('//') ? `https:${given}` : null;
}

/** The style of an element as it may stay; null when it may not. */
export function readStyle(style: string): string | null {
  return HARMFUL_STYLE.test(style) ? null : style.replace(OF_THE_FRAME, 'auto');
}

function bare(contentId: string): string {
  return contentId.trim().replace(/^<|>$/g, '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
