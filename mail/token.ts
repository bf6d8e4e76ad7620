import { createHmac, timingSafeEqual } from 'node:crypto';

/** 80 bits: guessing one of a million tickets at 1,000 mails a second takes 38,000 years. */
const MAC_BYTES = 10;

/** RFC 4648 base32 in lower case: survives servers that change the case of addresses. */
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const MAC_CHARS = (MAC_BYTES * 8) / 5;

const TOKEN = new RegExp(`^([1-9][0-9]{0,14})([a-z2-7]{${MAC_CHARS}})$`);

/** The letters and digits in the address of a ticket: its number and a keyed hash of it. */
export function makeTicketToken(secret: string, company: string, number: number): string {
  return `${number}${mac(secret, company, number)}`;
}

/** The ticket number of a token that we made for this company; null for any other text. */
export function readTicketToken(secret: string, company: string, token: string): number | null {
  const [, digits, claimed] = TOKEN.exec(token.toLowerCase()) ?? [];
  if (digits === undefined || claimed === undefined) return null;
  const number = Number(digits);
  const expected = mac(secret, company, number);
  return timingSafeEqual(Buffer.from(claimed), Buffer.from(expected)) ? number : null;
}

/** `support@acme.test` and a token become `support+TOKEN@acme.test` (RFC 5233 subaddress). */
export function tokenAddress(mailboxAddress: string, token: string): string {
  const at = mailboxAddress.lastIndexOf('@');
  return `${mailboxAddress.slice(0, at)}+${token}${mailboxAddress.slice(at)}`;
}

/**
 * What stands in an address between a mailbox's name and its domain, as text or in a link. It
 * begins at the plus and is short, so that a long text costs no more than its length.
 */
const TOKEN_IN_ADDRESS = /(?<=[^\s<>"'+%])(?:\+|%2B)([1-9][a-z0-9]{16,31})(?=(?:@|%40)[^\s<>"'])/gi;

/**
 * The text, or the HTML with its links, with the mailbox's plain address wherever it names that of
 * a ticket.
 */
export function withoutTicketTokens(secret: string, company: string, text: string): string {
  return text.replace(TOKEN_IN_ADDRESS, (whole, token: string) =>
    readTicketToken(secret, company, token) === null ? whole : '',
  );
}

/** The mailbox and what stands after its last plus, in lower case; be it a token or not. */
export function splitTokenAddress(address: string): { address: string; token: string } | null {
  const parts = /^(.+)\+([a-z0-9]+)(@[^@]+)$/.exec(address.trim().toLowerCase());
  const [, local, token, domain] = parts ?? [];
  if (local === undefined || token === undefined || domain === undefined) return null;
  return { address: `${local}${domain}`, token };
}

function mac(secret: string, company: string, number: number): string {
  const digest = createHmac('sha256', secret)
    .update(`ticket address\0${company}\0${number}`)
    .digest();
  let text = '';
  let bits = 0;
  let waiting = 0;
  for (const byte of digest.subarray(0, MAC_BYTES)) {
    bits = (bits << 8) | byte;
    waiting += 8;
    while (waiting >= 5) {
      waiting -= 5;
      text += ALPHABET.charAt((bits >> waiting) & 31);
    }
    bits &= (1 << waiting) - 1;
  }
  return text;
}
