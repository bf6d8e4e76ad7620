import { createHmac } from 'node:crypto';

import { refused } from '../domain/errors.ts';
import { composeMail } from '../mail/compose.ts';
import { readHeaders } from '../mail/headers.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverSoon } from './hand-over.ts';
import { storeMail } from './store-mail.ts';

/** What somebody wrote into the contact form. */
export interface Form {
  company: string;
  mailbox: { id: string; address: string };
  name: string;
  email: string;
  subject: string;
  text: string;
  attachments: readonly { filename: string; contentType: string; content: Buffer }[];
  /** Kept with the ticket, as product.md asks. */
  remoteAddress: string;
  /** What makes the form the same one when it comes again. */
  id: string;
  at: Date;
  /** The ticket that it answers; absent: it begins one. */
  ticket?: number;
  /** What its writer had asked the assistant before. */
  exchange?: string;
}

/**
 * Takes a contact form in as the mail it stands for, so that it is stored raw, threaded and shown
 * like any other. Resolves when it is stored, with the number of its ticket.
 */
export async function takeForm(
  dependencies: IntakeDependencies,
  form: Form,
): Promise<{ number: number; mail: string }> {
  const { company, mailbox, email } = form;
  const raw = await composeMail({
    from: { name: form.name, address: email },
    to: [mailbox.address],
    subject: form.subject,
    text: form.text,
    messageId: `${form.id}@contact-form.invalid`,
    date: form.at,
    attachments: form.attachments,
    boundary: boundaryOf(dependencies, form),
  });
  const { hash } = await dependencies.blobs.put(raw);
  const stored = await storeMail(dependencies.database, company, {
    via: 'form',
    raw,
    hash,
    headers: readHeaders(raw),
    receivedAt: new Date(),
    envelope: { from: email, to: [mailbox.address] },
    remoteAddress: form.remoteAddress,
    helo: null,
    mailbox: mailbox.id,
    token: form.ticket ?? null,
    automatic: null,
    writtenTo: mailbox.address.toLowerCase(),
    ...(form.exchange === undefined ? {} : { exchange: form.exchange }),
  });
  if (stored.isPending) handOverSoon(dependencies, company, stored.row);
  const { ticket } = stored.row;
  if (ticket === null) {
    throw refused('internal', 'The form was stored, but has no ticket number yet.');
  }
  return { number: ticket, mail: stored.row.id };
}

/** Sent twice, a form is the same bytes; and nobody can write a boundary into its text. */
function boundaryOf({ secret }: IntakeDependencies, { company, id }: Form): string {
  const purpose = JSON.stringify(['boundary of a form', company, id]);
  return createHmac('sha256', secret).update(purpose).digest('hex').slice(0, 32);
}
