import { createHash } from 'node:crypto';

import { findMailbox } from '../database/queries/intake.ts';
import { findAgentByEmail } from '../database/queries/agents.ts';
import { readHeaders } from '../mail/headers.ts';
import type { MailHeaders } from '../mail/headers.ts';
import type { IntakeDependencies } from './dependencies.ts';
import { handOver } from './hand-over.ts';
import { storeFetched } from './take-fetched.ts';

/** A mail of an archive. */
export interface ArchivedMail {
  /** Where it is in the archive, for people. */
  name: string;
  /** The whole mail, or its beginning when it is too large. */
  raw: Buffer;
  bytes: number;
  /** When it came into the archive; its own date counts more. */
  archivedAt: Date | null;
}

export interface ImportTarget {
  company: string;
  mailbox: string;
  /** What becomes of the conversations. */
  as: 'solved' | 'new';
}

export interface ImportCounts {
  /** Stored, and handed to their tickets. */
  imported: number;
  /** In the desk already. */
  known: number;
  /** In the ledger, for a person to look at. */
  parked: { name: string; reason: string }[];
  /** Not stored; importing again tries them again. */
  failed: { name: string; reason: string }[];
}

/** Tickets that are written at once; the mails of one ticket come one after the other. */
const TICKETS_AT_ONCE = 16;

/** Nobody had mail before; a date of 1970 is that of a broken clock. */
const EARLIEST_MS = Date.parse('1982-01-01');

/**
 * Takes the mails of an archive in, in the order that they come. Importing an archive again takes
 * only what is not there yet.
 */
export async function importMails(
  dependencies: IntakeDependencies,
  target: ImportTarget,
  mails: AsyncIterable<ArchivedMail>,
  onProgress: (counts: ImportCounts) => void = () => undefined,
): Promise<ImportCounts> {
  const counts: ImportCounts = { imported: 0, known: 0, parked: [], failed: [] };
  const byTicket = new Map<number, Promise<void>>();
  for await (const mail of mails) {
    try {
      const { row, isPending } = await store(dependencies, target, mail);
      if (row.outcome === 'parked') counts.parked.push({ name: mail.name, reason: row.reason });
      else if (isPending) counts.imported += 1;
      else counts.known += 1;
      if (isPending) {
        const key = row.ticket ?? 0;
        const before = byTicket.get(key) ?? Promise.resolve();
        const turn = before
          .then(() => handOver(dependencies, row))
          .catch((error: unknown) => {
            const facts = { err: error, company: target.company, mail: row.id };
            dependencies.logger.warn(facts, 'an imported mail waits for the next sweep');
          });
        byTicket.set(key, turn);
        void turn.then(() => byTicket.get(key) === turn && byTicket.delete(key));
        if (byTicket.size >= TICKETS_AT_ONCE) await Promise.race(byTicket.values());
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      counts.failed.push({ name: mail.name, reason });
    }
    onProgress(counts);
  }
  await Promise.all(byTicket.values());
  return counts;
}

async function store(
  dependencies: IntakeDependencies,
  { company, mailbox, as }: ImportTarget,
  { raw, bytes, archivedAt }: ArchivedMail,
) {
  const headers = readHeaders(raw);
  const cut = { reason: `too large: ${bytes} bytes; here is its beginning`, bytes };
  return storeFetched(dependencies, {
    company,
    mailbox,
    via: 'import',
    raw,
    receivedAt: dateOf(headers, archivedAt),
    source: `import:${createHash('sha256').update(raw).digest('hex')}`,
    importAs: as,
    correspondent: await correspondentOf(dependencies, company, headers),
    ...(raw.length < bytes ? { cut } : {}),
  });
}

/** When it was sent, unless that is in the future or before there was mail. */
function dateOf({ date }: MailHeaders, archivedAt: Date | null): Date {
  const own = date === null ? null : new Date(date);
  const plausible = [own, archivedAt].find(
    (one) => one !== null && one.getTime() > EARLIEST_MS && one.getTime() <= Date.now(),
  );
  return plausible ?? new Date();
}

/** Who the conversation is with: the sender, or whom we wrote to when we are that. */
async function correspondentOf(
  { database }: IntakeDependencies,
  company: string,
  { from, to, cc }: MailHeaders,
): Promise<{ address: string; name: string }> {
  const isOurs = async (address: string) =>
    (await findMailbox(database.lookups, address))?.company === company ||
    (await database.withCompany(company, (trx) => findAgentByEmail(trx, address))) !== null;
  const people = [...(from ? [from] : []), ...to, ...cc];
  for (const { address, name } of people) {
    const lower = address.toLowerCase();
    if (!(await isOurs(lower))) return { address: lower, name };
  }
  return { address: from?.address.toLowerCase() ?? '', name: from?.name ?? '' };
}
