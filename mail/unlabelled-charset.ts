/** Labels that say nothing, or that say ASCII where bytes above it follow. */
const EMPTY_LABEL = /^(?:us-ascii|ascii|unknown|unknown-8bit|x-unknown|default|none|8bit|)$/i;

const CONTENT_TYPE =
  /^content-type:[ \t]*text\/(?:plain|html)\b[^\r\n]{0,500}(?:\r?\n[ \t][^\r\n]{0,500}){0,8}/gim;
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)"?/i;

/**
 * The mail with `charset=windows-1252` wherever a text part names no usable charset, since that is
 * what unlabelled 8-bit text is most often; null when every part names one.
 */
export function labelCharset(raw: Buffer): Buffer | null {
  const source = raw.toString('latin1');
  let hasChanged = false;
  const labelled = source.replace(CONTENT_TYPE, (field) => {
    const label = CHARSET.exec(field)?.[1] ?? '';
    if (!EMPTY_LABEL.test(label)) return field;
    hasChanged = true;
    return `${field.replace(CHARSET, '').replace(/;?\s*$/, '')}; charset=windows-1252`;
  });
  if (hasChanged) return Buffer.from(labelled, 'latin1');
  const end = /\r?\n\r?\n/.exec(source)?.index ?? source.length;
  if (/^content-type:/im.test(source.slice(0, end))) return null;
  return Buffer.from(`Content-Type: text/plain; charset=windows-1252\r\n${source}`, 'latin1');
}
