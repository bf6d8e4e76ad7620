import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a link lets its holder do; a link for one thing is none for another. */
export const linkPurposes = ['rate', 'ticket'] as const;
export type LinkPurpose = (typeof linkPurposes)[number];

/** What a link in a mail to a customer leads to. */
export interface TicketLink {
  company: string;
  number: number;
  /** Milliseconds; whole seconds count. */
  expires: number;
}

/** 128 bits: nobody guesses one, however many tickets there are. */
const MAC_BYTES = 16;

/** Number, end and MAC first, so that the company's id may hold anything. */
const TOKEN = new RegExp(`^([1-9][0-9]{0,14})-([0-9a-z]{1,9})-([0-9a-f]{${MAC_BYTES * 2}})-(.+)$`);

/** Ends in a letter or digit wherever the company's id does: mail programs cut what follows. */
export function makeLinkToken(secret: string, purpose: LinkPurpose, link: TicketLink): string {
  const seconds = Math.floor(link.expires / 1_000).toString(36);
  return `${link.number}-${seconds}-${macOf(secret, purpose, link)}-${link.company}`;
}

/** What a token of ours says, be it over or not; null for any other text. */
export function readLinkToken(
  secrets: readonly string[],
  purpose: LinkPurpose,
  token: string,
): TicketLink | null {
  const [, number, seconds, claimed, company] = TOKEN.exec(token) ?? [];
  if (!number || !seconds || !claimed || !company) return null;
  const expires = Number.parseInt(seconds, 36) * 1_000;
  const link = { company, number: Number(number), expires };
  const given = Buffer.from(claimed);
  const isOurs = secrets.some((secret) =>
    timingSafeEqual(given, Buffer.from(macOf(secret, purpose, link))),
  );
  return isOurs ? link : null;
}

function macOf(secret: string, purpose: LinkPurpose, link: TicketLink): string {
  const seconds = Math.floor(link.expires / 1_000);
  const signed = JSON.stringify(['customer link', purpose, link.company, link.number, seconds]);
  const digest = createHmac('sha256', secret).update(signed).digest();
  return digest.subarray(0, MAC_BYTES).toString('hex');
}
