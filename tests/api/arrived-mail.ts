import type { ArrivedMail } from '../../intake/store-mail.ts';
import { readHeaders } from '../../mail/headers.ts';

/** A mail to Acme's mailbox as the SMTP receiver would give it; `from` is its envelope's sender. */
export function arrivedMail(
  raw: Buffer,
  about: { from: string; mailbox: string; hash: string },
): ArrivedMail {
  return {
    via: 'smtp',
    raw,
    hash: about.hash,
    headers: readHeaders(raw),
    receivedAt: new Date(),
    envelope: { from: about.from, to: ['support@acme.test'] },
    remoteAddress: null,
    helo: null,
    mailbox: about.mailbox,
    token: null,
    automatic: null,
    writtenTo: null,
  };
}
