import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';

import { eventually } from './eventually.ts';
import type { WorldMail } from './outside-world.ts';
import { contract } from './product.ts';

/** A mail that a customer got. */
export interface GotMail {
  envelope: { from: string; to: string[] };
  raw: string;
  /** Unfolded, by lower-case name; several of one name are joined by a line end. */
  headers: Record<string, string>;
  parsed: ParsedMail;
}

/** Every mail that has come to an address so far. */
export async function mailsTo(address: string): Promise<GotMail[]> {
  const { worldUrl } = contract;
  const response = await fetch(`${worldUrl}/mails?to=${encodeURIComponent(address)}`);
  const mails: WorldMail[] = JSON.parse(await response.text());
  return Promise.all(mails.map(readMail));
}

/** The first mail to an address, here or to come, that fits. */
export function mailTo(
  address: string,
  fits: (mail: GotMail) => boolean = () => true,
): Promise<GotMail> {
  return eventually(`mail to ${address}`, async () => (await mailsTo(address)).find(fits));
}

async function readMail({ from, to, raw }: WorldMail): Promise<GotMail> {
  const bytes = Buffer.from(raw, 'latin1');
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n')) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = line.slice(line.indexOf(':') + 1).trim();
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  return { envelope: { from, to }, raw, headers, parsed: await simpleParser(bytes) };
}
