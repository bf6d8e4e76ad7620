import { readAddresses } from '../database/queries/mailboxes.ts';
import { normaliseAddress } from '../mail/address.ts';
import { readHeaders } from '../mail/headers.ts';
import type { MailHeaders } from '../mail/headers.ts';
import { splitTokenAddress } from '../mail/token.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOverSoon } from './hand-over.ts';
import { findRecipient } from './recipients.ts';
import { storeMail } from './store-mail.ts';
import type { ArrivedMail, StoredMail } from './store-mail.ts';
import { automaticOf } from './take-mail.ts';

/** A mail as it was found in a folder or an archive. */
export interface FetchedMail {
  company: string;
  mailbox: string;
  via: 'imap' | 'import';
  raw: Buffer;
  receivedAt: Date;
  /** What it is called where it was found: read again, it is the same mail. */
  source: string;
  importAs?: ArrivedMail['importAs'];
  correspondent?: ArrivedMail['correspondent'];
  /** Set when it is too large: `raw` is only its beginning. */
  cut?: { reason: string; bytes: number };
}

/** Addresses of a mail that are looked at for a ticket's own; a mail to more is a circular. */
const LOOKED_AT_MAX = 100;

/** Fields in which servers note whom they delivered to, when To and Cc name others. */
const DELIVERED_FIELDS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-delivered-to'];

/**
 * Stores a mail that was fetched; when this resolves, it may be put away where it came from. The
 * mailbox that it was fetched from has it, unless an address in it names a ticket.
 * @throws when it could not be stored: it is to be fetched again
 */
export async function storeFetched(
  dependencies: IntakeDependencies,
  mail: FetchedMail,
): Promise<StoredMail> {
  const { database, blobs } = dependencies;
  const { company, mailbox, via, raw, receivedAt, source, importAs, correspondent, cut } = mail;
  const headers = readHeaders(raw);
  const [{ hash }, place] = await Promise.all([
    blobs.put(raw),
    placeOf(dependencies, mail, headers),
  ]);
  const from = returnPathOf(headers);
  return storeMail(database, company, {
    via,
    raw,
    hash,
    headers,
    receivedAt,
    envelope: { from: from ?? headers.from?.address ?? '', to: [place.writtenTo] },
    remoteAddress: null,
    helo: null,
    mailbox,
    token: place.token,
    writtenTo: place.writtenTo,
    automatic: automaticOf(headers, { from }),
    source,
    ...(importAs === undefined ? {} : { importAs }),
    ...(correspondent === undefined ? {} : { correspondent }),
    ...(cut === undefined ? {} : { cut }),
  });
}

/** The same, and it goes on to its ticket by itself. */
export async function takeFetched(
  dependencies: IntakeDependencies,
  mail: FetchedMail,
): Promise<StoredMail> {
  const stored = await storeFetched(dependencies, mail);
  if (stored.isPending) handOverSoon(dependencies, mail.company, stored.row);
  return stored;
}

/** Null when no server noted one; '' for `<>`. */
function returnPathOf({ raw }: MailHeaders): string | null {
  const [noted] = raw.get('return-path') ?? [];
  if (noted === undefined) return null;
  return normaliseAddress(noted.replace(/^\s*<|>\s*$/g, '')) ?? '';
}

/** The ticket that an address names, and which of the mailbox's addresses was written to. */
async function placeOf(
  { database, secret }: IntakeDependencies,
  { company, mailbox }: FetchedMail,
  headers: MailHeaders,
): Promise<{ token: number | null; writtenTo: string }> {
  const own = await database.withCompany(company, (trx) => readAddresses(trx, mailbox));
  const named = addressesIn(headers);
  for (const address of named) {
    if (splitTokenAddress(address) === null) continue;
    const recipient = await findRecipient(database, secret, address);
    if (recipient?.company !== company || recipient.token === null) continue;
    const isOwn = own.includes(recipient.address);
    return { token: recipient.token, writtenTo: isOwn ? recipient.address : (own[0] ?? '') };
  }
  const writtenTo = named.find((address) => own.includes(address)) ?? own[0] ?? '';
  return { token: null, writtenTo };
}

function addressesIn({ to, cc, raw }: MailHeaders): string[] {
  const noted = DELIVERED_FIELDS.flatMap((field) => raw.get(field) ?? []).map((value) =>
    normaliseAddress(value.replace(/^\s*<|>\s*$/g, '')),
  );
  const named = [...to, ...cc].map(({ address }) => address.toLowerCase());
  const all = [...named, ...noted.filter((address) => address !== null)];
  return [...new Set(all)].slice(0, LOOKED_AT_MAX);
}
