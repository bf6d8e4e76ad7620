/** The hosted form of a mailbox, and the tag that puts the support module into any page. */
export function moduleTag(origin: string, address: string): { page: string; tag: string } {
  // An address may have quotes in it, which end an attribute.
  const quoted = address.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return {
    page: `${origin}/contact/${encodeURIComponent(address)}`,
    tag: `<script src="${origin}/support.js" data-mailbox="${quoted}"></${'script'}>`,
  };
}
