import type { Words } from '../i18n/en/index.ts';

type Fault = keyof Words['mails']['problems']['faults'];

/** What programs say when a mail does not leave, by what it means. */
const FAULTS: readonly (readonly [said: RegExp, fault: Fault])[] = [
  [/ECONNREFUSED/, 'refused'],
  [/ENOTFOUND|EAI_AGAIN|NXDOMAIN|\bDNS\b/i, 'unknownHost'],
  [/ETIMEDOUT|timed? ?out/i, 'silent'],
  [/ECONNRESET|EPIPE|socket|hung up/i, 'broken'],
  [/certificate|\bTLS\b|\bSSL\b/i, 'unsafe'],
  [/\b535\b|authentication|login/i, 'signIn'],
  [/mailbox (is )?full|over ?quota|\b452\b|\b552\b|5\.2\.2|4\.2\.2/i, 'full'],
  [/grey ?list|try again later|\b450\b|\b451\b/i, 'later'],
  [/no such user|user unknown|does not exist|unknown recipient|5\.1\.1/i, 'nobody'],
  [/spam|blocked|reputation|denied|policy/i, 'unwanted'],
];

/** A sentence about the words of another server; null when they are not known. */
export function serverWords(reason: string | null, t: Words): string | null {
  const found = FAULTS.find(([said]) => said.test(reason ?? ''));
  return found === undefined ? null : t.mails.problems.faults[found[1]];
}
