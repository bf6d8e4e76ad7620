import type { CompanyTransaction } from '../../database/client.ts';
import { readSigningKey } from '../../database/queries/dkim-keys.ts';
import { keepRendered, readOutgoing } from '../../database/queries/send-attempts.ts';
import type { MessageRow } from '../../database/rows.ts';
import { composeMail } from '../../mail/compose.ts';
import { signMail } from '../../mail/outbound/dkim.ts';
import { dkimKeyPlace } from '../../mail/outbound/sealed-key.ts';
import { snippetOf } from '../../mail/parse.ts';
import { makeTicketToken, tokenAddress } from '../../mail/token.ts';
import type { SendInput } from '../../workflows/messages.ts';
import type { PrepareDependencies } from './prepare-dependencies.ts';
import { writeMail } from './write-mail.ts';

/** The bytes to send and to whom, or why there is nothing to send. */
export type Prepared =
  | { envelope: { from: string; to: string[] }; raw: Buffer; mailbox: string | null }
  | { problem: string };

/**
 * Renders a mail with its first attempt and keeps the bytes; later attempts send the same ones
 * (durability.md, 14).
 */
export async function prepare(
  dependencies: PrepareDependencies,
  input: SendInput,
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
  if (message.rendered_hash !== null) {
    return { envelope, raw: await blobs.get(message.rendered_hash), mailbox };
  }
  try {
    return { envelope, raw: await render(dependencies, input, message), mailbox };
  } catch (error) {
    if (error instanceof TypeError) return { problem: error.message };
    throw error;
  }
}

async function render(
  dependencies: PrepareDependencies,
  input: SendInput,
  message: MessageRow,
): Promise<Buffer> {
  const { database, blobs } = dependencies;
  const { company } = input;
  const { mail, shown } = await writeMail(dependencies, input, message);
  const raw = await sign(dependencies, company, await composeMail(mail), mail.from.address);
  const { hash } = await blobs.put(raw);
  await database.withCompany(company, (trx: CompanyTransaction) =>
    keepRendered(trx, message.id, {
      rendered_hash: hash,
      ...(shown === null ? {} : { ...shown, snippet: snippetOf(shown.text) }),
    }),
  );
  return raw;
}

/**
 * Signs for the domain of the mailbox, when it has a key in use. A key that does not open is no
 * reason to hold a mail back: it leaves unsigned, and the log says so.
 */
async function sign(
  { database, sealer, logger }: PrepareDependencies,
  company: string,
  raw: Buffer,
  from: string,
): Promise<Buffer> {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  const key = await database.withCompany(company, (trx) => readSigningKey(trx, domain));
  if (!key) return raw;
  try {
    const privateKey = sealer.open(key.sealed, dkimKeyPlace(company, key.id));
    return await signMail(raw, { ...key, privateKey });
  } catch (error) {
    logger.error({ err: error, company, domain }, 'a mail leaves without a signature');
    return raw;
  }
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
  return [...new Set([...message.recipients, ...message.cc])];
}
