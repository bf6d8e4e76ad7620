import type { MailArrival } from '../../mail/inbound/smtp-receiver.ts';

/** A mail as a customer's program would send it; what a test does not say is made up. */
export interface Letter {
  from: string;
  to: string;
  subject: string;
  messageId: string;
  inReplyTo: string | null;
  text: string;
  /** More header lines, each as `Name: value`. */
  headers: readonly string[];
  /** Instead of `text/plain`; `text` is the whole body then. */
  contentType: string;
  envelopeFrom: string;
}

let letters = 0;

/** The letter as it arrives by SMTP for a company; its Message-ID is new unless given. */
export function arrivalOf(company: string, letter: Partial<Letter>): MailArrival {
  letters += 1;
  const { from = 'Eleanor Hughes <eleanor@brightmail.test>', subject = 'A cracked lamp' } = letter;
  const to = letter.to ?? `support@${company}.test`;
  const messageId = letter.messageId ?? `letter-${letters}-${process.pid}@brightmail.test`;
  const reference = letter.inReplyTo ?? null;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${messageId}>`,
    'Date: Thu, 19 Nov 2026 16:20:00 +0000',
    ...(reference === null ? [] : [`In-Reply-To: <${reference}>`]),
    ...(letter.headers ?? []),
    `Content-Type: ${letter.contentType ?? 'text/plain; charset=utf-8'}`,
    '',
    letter.text ?? 'The shade arrived with a crack.',
    '',
  ];
  return {
    raw: Buffer.from(lines.join('\r\n')),
    envelope: {
      from: letter.envelopeFrom ?? addressIn(from),
      to: [addressIn(to)],
      heloName: 'brightmail.test',
      remoteAddress: '203.0.113.84',
    },
    receivedAt: new Date(),
  };
}

function addressIn(field: string): string {
  return /[^<\s]+@[^>\s]+/.exec(field)?.[0] ?? '';
}
