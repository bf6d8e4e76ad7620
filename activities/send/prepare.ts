import { mkdir } from 'node:fs/promises';

import type { CompanyTransaction } from '../../database/client.ts';
import { keepRendered, readOutgoing } from '../../database/queries/send-attempts.ts';
import type { MessageRow } from '../../database/rows.ts';
import { composeStream } from '../../mail/compose.ts';
import { inFolder } from '../../mail/mime/stored-part.ts';
import { type MailFile, readMailFile } from '../../mail/outbound/mail-file.ts';
import { snippetOf } from '../../mail/parse.ts';
import { makeTicketToken, tokenAddress } from '../../mail/token.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';
import { signerFor } from './signing.ts';
import { writeMail } from './write-mail.ts';

/** The bytes to send and to whom, or why there is nothing to send. */
export type Prepared =
  | { envelope: { from: string; to: string[] }; raw: MailFile; mailbox: string | null }
  | { problem: string };

/**
 * Renders a mail with its first attempt and keeps the bytes; later attempts send the same ones
 * (durability.md, 14). Files on the way are in `folder`, which the caller removes when it is sent.
 */
export async function prepare(
  dependencies: PrepareDependencies,
  input: SendInput,
  folder: string,
): Promise<Prepared> {
  const { database, blobs } = dependencies;
  const { company, message: id } = input;
  const message = await database.withCompany(company, (trx) => readOutgoing(trx, id));
  if (!message) return { problem: `There is no message "${id}" any more.` };
  if (message.recipients.length === 0) {
    return { problem: 'There is no address to send it to; give the customer one.' };
  }
  const envelope = { from: returnPath(dependencies, input, message), to: allRecipients(message) };
  const { mailbox } = message;
  try {
    const hash = message.rendered_hash ?? (await render(dependencies, input, message, folder));
    const raw = await readMailFile(await blobs.fileOf(hash, folder));
    return { envelope, raw, mailbox };
  } catch (error) {
    if (error instanceof TypeError) return { problem: error.message };
    throw error;
  }
}

async function render(
  dependencies: PrepareDependencies,
  input: SendInput,
  message: MessageRow,
  folder: string,
): Promise<string> {
  const { database, blobs } = dependencies;
  const { company } = input;
  const { mail, shown } = await writeMail(dependencies, input, message);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const signer = await signerFor(dependencies, company, mail.from.address);
  const unsigned = composeStream(mail);
  const { file } = await inFolder(folder).keep(signer ? signer(unsigned, folder) : unsigned);
  await blobs.adopt(file);
  const { hash } = file;
  await database.withCompany(company, (trx: CompanyTransaction) =>
    keepRendered(trx, message.id, {
      rendered_hash: hash,
      ...(shown === null ? {} : { ...shown, snippet: snippetOf(shown.text) }),
    }),
  );
  return hash;
}

/**
 * Delivery reports come back to the ticket's own address. Reminders have an empty return path, as
 * no machine shall answer them (RFC 3834, 3.3; durability.md, 15).
 */
function returnPath(
  { secret }: PrepareDependencies,
  { company, number }: SendInput,
  message: MessageRow & { plus_addresses: boolean },
): string {
  if (message.kind === 'reminder') return '';
  if (!message.plus_addresses) return message.from_address;
  return tokenAddress(message.from_address, makeTicketToken(secret, company, number));
}

function allRecipients(message: MessageRow): string[] {
  return [...new Set([...message.recipients, ...message.cc, ...message.bcc])];
}
