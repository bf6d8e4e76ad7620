import {
  advanceCursor,
  beginFolder,
  findSources,
  noteFetched,
  readFetch,
} from '../../database/queries/mailbox-fetch.ts';
import type { MailboxFetchRow, MailboxServerRow } from '../../database/rows.ts';
import type { ImapSession, ListedMail } from '../../mail/inbound/imap-session.ts';
import { IMAP_BATCH_BYTES, IMAP_BATCH_MAILS, TOO_LARGE_HEAD_BYTES } from '../../mail/limits.ts';
import { ServerProblem } from '../../mail/servers/server-problem.ts';
import type { IntakeDependencies } from '../dependencies.ts';
import { takeFetched } from '../take-fetched.ts';

/** What a round of one mailbox works with. */
export interface Round {
  dependencies: IntakeDependencies;
  settings: MailboxServerRow;
  session: ImapSession;
  mailBytesMax: number;
  /** Aborted when the mailbox is no longer ours to fetch. */
  signal: AbortSignal;
  /** For tests: between storing mails and putting them away. */
  onStored?: () => Promise<void>;
}

/** The folder that a mailbox is read from when none is named: the one that every server has. */
export const INBOX = 'INBOX';

/** Mails of one batch that are stored at once; each is a transaction. */
const STORED_AT_ONCE = 8;

/**
 * Takes what has come since the last round: each mail is stored, then moved or marked, and only
 * then the cursor goes past it, so that a crash anywhere leaves nothing out. What a crash left
 * behind is known by its UID, and only put away.
 * @throws ServerProblem, or what the database says
 */
export async function fetchRound(round: Round): Promise<void> {
  const { dependencies, settings, session, signal } = round;
  const { company, mailbox } = settings;
  const { database } = dependencies;
  const at = await openedAt(round);
  const listed = await session.list(at.last_uid);
  const wanted = listed.filter((mail) => isWanted(mail, at, settings));
  let putAwayProblem: ServerProblem | null = null;
  let taken = 0;
  let isWhole = true;
  for (const batch of batches(wanted)) {
    if (signal.aborted) return;
    taken += await storeBatch(round, at, batch);
    await round.onStored?.();
    try {
      await putAway(round, batch);
    } catch (error) {
      // The mails after it are taken all the same; these are put away in another round.
      if (!(error instanceof ServerProblem) || error.step !== 'folder') throw error;
      putAwayProblem = error;
      isWhole = false;
    }
    if (isWhole) await advance(round, at, batch.at(-1)?.uid ?? 0);
  }
  if (isWhole) await advance(round, at, listed.at(-1)?.uid ?? 0);
  if (putAwayProblem !== null) throw putAwayProblem;
  await database.withCompany(company, (trx) => noteFetched(trx, mailbox, taken > 0));
}

type Opened = MailboxFetchRow & { uid_validity: number };

/** The cursor; a folder that is new, or whose UIDs mean other mails now, is begun. */
async function openedAt({ dependencies, settings, session }: Round): Promise<Opened> {
  const { company, mailbox, existing } = settings;
  const folder = settings.folder ?? INBOX;
  const { uidValidity, uidNext } = session.folder();
  return dependencies.database.withCompany(company, async (trx) => {
    const known = await readFetch(trx, mailbox);
    if (!known) throw new Error(`the mailbox ${mailbox} is fetched without a lease`);
    if (known.folder === folder && known.uid_validity === uidValidity) {
      return { ...known, uid_validity: uidValidity };
    }
    const isNew = known.folder !== folder || known.begun_at === null;
    const isAll = existing === 'all';
    const begun = {
      folder,
      uid_validity: uidValidity,
      last_uid: isNew && existing === 'none' ? uidNext - 1 : 0,
      baseline_uid: isAll ? 0 : uidNext - 1,
      begun_at: isNew ? new Date(isAll ? 0 : Date.now()).toISOString() : known.begun_at,
    };
    await beginFolder(trx, mailbox, begun);
    return { ...known, ...begun };
  });
}

/**
 * Of the mails that were there before the folder was begun, those that nobody has read, or that
 * came since the mailbox is fetched at all: UIDs that changed are read again, and the copies known.
 */
function isWanted(mail: ListedMail, at: Opened, { existing }: MailboxServerRow): boolean {
  if (mail.uid > at.baseline_uid) return true;
  if (mail.arrivedAt.getTime() >= Date.parse(at.begun_at ?? '')) return true;
  return existing === 'unseen' && !mail.seen;
}

/** In the order of their UIDs, as many together as may be held in memory. */
function batches(mails: readonly ListedMail[]): ListedMail[][] {
  const made: ListedMail[][] = [];
  let bytes = 0;
  for (const mail of mails) {
    const last = made.at(-1);
    bytes += mail.bytes;
    if (last && last.length < IMAP_BATCH_MAILS && bytes <= IMAP_BATCH_BYTES) {
      last.push(mail);
    } else {
      made.push([mail]);
      bytes = mail.bytes;
    }
  }
  return made;
}

/** Stores the mails that are not stored yet. @returns how many those were */
async function storeBatch(round: Round, at: Opened, batch: readonly ListedMail[]): Promise<number> {
  const { settings, dependencies, session, mailBytesMax } = round;
  const { company, mailbox } = settings;
  const sources = batch.map(({ uid }) => sourceOf(at, uid));
  const known = await dependencies.database.withCompany(company, (trx) =>
    findSources(trx, mailbox, sources),
  );
  const fresh = batch.filter(({ uid }) => !known.has(sourceOf(at, uid)));
  const small = fresh.filter(({ bytes }) => bytes <= mailBytesMax);
  const uids = small.map(({ uid }) => uid);
  const raws: Map<number, Buffer> =
    uids.length === 0 ? new Map<number, Buffer>() : await session.fetch(uids);
  for (let from = 0; from < small.length; from += STORED_AT_ONCE) {
    const some = small.slice(from, from + STORED_AT_ONCE);
    await Promise.all(
      some.map(async (mail) => {
        const raw = raws.get(mail.uid);
        // It has vanished since it was listed: somebody else has deleted or moved it.
        if (raw) await take(round, at, mail, raw);
      }),
    );
  }
  for (const mail of fresh.filter(({ bytes }) => bytes > mailBytesMax)) {
    const head = await session.fetchHead(mail.uid, TOO_LARGE_HEAD_BYTES);
    if (head) await take(round, at, mail, head, tooLarge(round, mail));
  }
  return fresh.length;
}

async function take(
  { dependencies, settings }: Round,
  at: Opened,
  mail: ListedMail,
  raw: Buffer,
  cut?: { reason: string; bytes: number },
): Promise<void> {
  const { company, mailbox } = settings;
  await takeFetched(dependencies, {
    company,
    mailbox,
    via: 'imap',
    raw,
    receivedAt: new Date(),
    source: sourceOf(at, mail.uid),
    ...(cut === undefined ? {} : { cut }),
  });
}

const BYTES_IN_MB = 1_048_576;

function tooLarge({ mailBytesMax, settings }: Round, { bytes }: ListedMail) {
  const inMb = (size: number) => `${(size / BYTES_IN_MB).toFixed(1)} MB`;
  const folder = settings.folder ?? INBOX;
  const reason =
    `too large: ${inMb(bytes)}, and ${inMb(mailBytesMax)} are taken; ` +
    `here is its beginning, the whole mail stays in the folder "${folder}"`;
  return { reason, bytes };
}

/** What a mail is called: its folder, what its UIDs are good for, and its UID (RFC 9051, 2.3.1). */
function sourceOf(at: Opened, uid: number): string {
  return `imap:${at.uid_validity}:${uid}:${at.folder ?? INBOX}`;
}

/** What is too large stays where it is: here is only its beginning. */
async function putAway({ session, settings, mailBytesMax }: Round, batch: readonly ListedMail[]) {
  const uids = batch.filter(({ bytes }) => bytes <= mailBytesMax).map(({ uid }) => uid);
  if (uids.length === 0) return;
  if (settings.taken === 'seen') await session.markSeen(uids);
  else await session.move(uids, settings.processed_folder ?? PROCESSED);
}

/** Where taken mails go unless told otherwise. */
export const PROCESSED = 'Processed';

async function advance({ dependencies, settings }: Round, at: Opened, uid: number): Promise<void> {
  if (uid <= at.last_uid) return;
  const { company, mailbox } = settings;
  await dependencies.database.withCompany(company, (trx) =>
    advanceCursor(trx, mailbox, { uidValidity: at.uid_validity, lastUid: uid }),
  );
}
