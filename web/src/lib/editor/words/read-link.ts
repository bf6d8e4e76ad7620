const SCHEME = /^(?:https?:\/\/|mailto:|tel:)/i;

/** What somebody types as a link; null for nothing, and for what would not lead out of the mail. */
export function readLink(typed: string): string | null {
  const address = typed.trim();
  if (address === '' || /\s/.test(address)) return null;
  if (SCHEME.test(address)) return address;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return null;
  return /^[^@\s/]+@[^@\s/]+$/.test(address) ? `mailto:${address}` : `https://${address}`;
}
