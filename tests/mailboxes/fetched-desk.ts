import { setTimeout as pause } from 'node:timers/promises';

import { readFetchHealth } from '../../database/queries/mailbox-fetch.ts';
import type { FetchHealth } from '../../database/queries/mailbox-fetch.ts';
import { writeServer } from '../../database/queries/mailbox-servers.ts';
import type { ServerFields } from '../../database/queries/mailbox-servers.ts';
import type { MailRow } from '../../database/rows.ts';
import { startFetching } from '../../intake/fetch/fetch-mailboxes.ts';
import type { FetchDependencies } from '../../intake/fetch/mailbox-fetcher.ts';
import { HandOvers } from '../../intake/hand-overs.ts';
import { placeOf } from '../../mail/servers/sealed-server.ts';
import { createSealer } from '../../runtime/sealed-secrets.ts';
import { SECRET } from '../flows/desk-worker.ts';
import type { RunningDesk } from '../flows/running-desk.ts';
import type { Dovecot } from './dovecot.ts';

export const sealer = createSealer(SECRET);

const MAIL_BYTES_MAX = 25 * 1_048_576;
const LOOK_EVERY_MS = 100;
const POLL_MS = 25;

/** A mail-in process of the test's own, as far as it fetches. */
export interface Fetching {
  stop(): Promise<void>;
}

export function fetchFor(desk: RunningDesk, changes: Partial<FetchDependencies> = {}): Fetching {
  const handOvers = new HandOvers(desk.intake.database);
  const fetching = startFetching(
    {
      ...desk.intake,
      handOvers,
      sealer,
      mailBytesMax: MAIL_BYTES_MAX,
      waits: { firstMs: 50, firstOfLoginMs: 100, longestMs: 400 },
      ...changes,
    },
    { lookEveryMs: LOOK_EVERY_MS },
  );
  return {
    stop: async () => {
      await fetching.stop();
      await handOvers.drain();
    },
  };
}

/** Has the desk's mailbox read from a user's INBOX. */
export async function readFrom(
  desk: RunningDesk,
  dovecot: Pick<Dovecot, 'ports' | 'password'>,
  user: string,
  changes: Partial<ServerFields> & { password?: string } = {},
): Promise<void> {
  const { password = dovecot.password, ...fields } = changes;
  const mailbox = fields.mailbox ?? desk.mailbox;
  const place = placeOf({ company: desk.company, mailbox, direction: 'in' }, 'secret');
  await desk.in((trx) =>
    writeServer(trx, {
      mailbox,
      direction: 'in',
      enabled: true,
      host: '127.0.0.1',
      port: dovecot.ports.imap,
      tls: 'none',
      any_certificate: false,
      ca: null,
      login: user,
      auth: 'password',
      secret: sealer.seal(password, place),
      token_endpoint: null,
      client_id: null,
      client_secret: null,
      scope: null,
      folder: 'INBOX',
      taken: 'move',
      processed_folder: 'Processed',
      existing: 'unseen',
      ...fields,
    }),
  );
}

/** The health of a mailbox once it fits; nobody is told of it, so it is asked for. */
export async function healthOf(
  desk: RunningDesk,
  fits: (health: FetchHealth) => boolean,
  mailbox = desk.mailbox,
): Promise<FetchHealth> {
  for (;;) {
    const [health] = await desk.in((trx) => readFetchHealth(trx, [mailbox]));
    if (health && fits(health)) return health;
    await pause(POLL_MS);
  }
}

/** The ledger once as many mails are in it, oldest first. */
export async function ledgerOf(
  desk: RunningDesk,
  count: number,
  fits: (mail: MailRow) => boolean = () => true,
): Promise<MailRow[]> {
  for (;;) {
    const rows: MailRow[] = await desk.in((trx) => trx('mail').orderBy('received_at'));
    const found = rows.filter(fits);
    if (found.length >= count && found.every(({ outcome }) => outcome !== 'pending')) return found;
    await pause(POLL_MS);
  }
}

/** How many mails a folder of a user has, as Dovecot itself counts them; 0 for none. */
export function countIn(dovecot: Dovecot, user: string, folder: string): number {
  try {
    const said = dovecot.doveadm('mailbox', 'status', '-u', user, 'messages', folder);
    return Number(/messages=(\d+)/.exec(said)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Waits until Dovecot counts so many. */
export async function untilIn(
  dovecot: Dovecot,
  user: string,
  folder: string,
  count: number,
): Promise<void> {
  while (countIn(dovecot, user, folder) !== count) await pause(POLL_MS);
}

let letters = 0;

/** A customer's mail as a server delivers it. */
export function letter(
  fields: { subject?: string; to?: string; headers?: readonly string[]; text?: string } = {},
): string {
  letters += 1;
  return [
    'From: Eleanor Hughes <eleanor@brightmail.test>',
    `To: ${fields.to ?? 'support@acme.test'}`,
    `Subject: ${fields.subject ?? `A cracked lamp ${letters}`}`,
    `Message-ID: <fetched-${letters}-${process.pid}@brightmail.test>`,
    'Date: Thu, 19 Nov 2026 16:20:00 +0000',
    ...(fields.headers ?? []),
    '',
    fields.text ?? 'The shade arrived with a crack.',
    '',
  ].join('\r\n');
}
