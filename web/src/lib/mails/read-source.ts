/** Whoever needs more of a mail's source saves the file. */
const SOURCE_BYTES_MAX = 200_000;

export interface MailSource {
  headers: string;
  /** Headers and body as they came, as far as they are shown. */
  text: string;
  isCut: boolean;
}

/** The beginning of a mail as it came; each byte that is no UTF-8 becomes a mark. */
export async function readSource(address: string): Promise<MailSource> {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok || response.body === null) {
    throw new Error(`The server answered ${response.status}.`);
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  let ended = false;
  while (bytes < SOURCE_BYTES_MAX && !ended) {
    const { done, value } = await reader.read();
    ended = done;
    bytes += value?.byteLength ?? 0;
    text += decoder.decode(value, { stream: !done });
  }
  if (!ended) await reader.cancel();
  return { ...splitSource(text), isCut: !ended };
}

/** Headers end with the first empty line (RFC 5322, 2.1). */
export function splitSource(source: string): { headers: string; text: string } {
  const text = source.replaceAll('\r\n', '\n');
  const end = text.indexOf('\n\n');
  return { headers: end < 0 ? text : text.slice(0, end), text };
}

/** Where a mail's bytes are; with `anyway` also when a threat was found in it. */
export function rawAddress(id: string, anyway = false): string {
  return `/api/v1/mails/${encodeURIComponent(id)}/raw${anyway ? '?anyway=true' : ''}`;
}
