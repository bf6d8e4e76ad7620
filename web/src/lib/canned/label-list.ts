/** One name: in quotation marks, where a mark within is doubled, or up to the next comma. */
const NAME = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y;

/** Names as they are typed in one field, with commas between them. */
export function labelText(names: readonly string[]): string {
  return names
    .map((name) => (/[,"]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
    .join(', ');
}

export function labelsIn(text: string): string[] {
  const names: string[] = [];
  for (const [, quoted, bare = ''] of text.matchAll(new RegExp(NAME, 'gy'))) {
    const name = (quoted?.replaceAll('""', '"') ?? bare).trim();
    if (name !== '') names.push(name);
  }
  return [...new Set(names)];
}
