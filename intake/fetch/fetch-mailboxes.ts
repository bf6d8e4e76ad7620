import { newId } from '../../database/new-id.ts';
import {
  findFetchedMailboxes,
  leaseFetch,
  releaseFetch,
} from '../../database/queries/mailbox-fetch.ts';
import type { FetchedMailbox } from '../../database/queries/mailbox-fetch.ts';
import { every } from '../../runtime/every.ts';
import { fetchMailbox } from './mailbox-fetcher.ts';
import type { FetchDependencies } from './mailbox-fetcher.ts';

/** Changed settings, new mailboxes and those of a lost process are found within this. */
const LOOK_EVERY_MS = 2_000;

/** A process that is silent for so long has lost its mailboxes to the others. */
const LEASE_MS = 12_000;
const RENEW_BEFORE_MS = 8_000;

/** A mailbox that this process fetches. */
interface Fetcher {
  version: number;
  leasedUntilMs: number;
  stop(): Promise<void>;
}

/**
 * Fetches every mailbox that has a server to be read from and that no other process fetches. The
 * right to is a lease in the database; should two fetch all the same, each mail is stored once.
 */
export function startFetching(
  dependencies: FetchDependencies,
  options: { lookEveryMs?: number } = {},
): { stop(): Promise<void> } {
  const holder = newId();
  const fetchers = new Map<string, Fetcher>();
  const looking = every(
    options.lookEveryMs ?? LOOK_EVERY_MS,
    () => look(dependencies, holder, fetchers),
    (error) => dependencies.logger.warn({ err: error }, 'the mailboxes could not be looked up'),
  );
  return {
    stop: async () => {
      await looking.stop();
      await Promise.all([...fetchers].map(([key]) => drop(dependencies, holder, fetchers, key)));
    },
  };
}

async function look(
  dependencies: FetchDependencies,
  holder: string,
  fetchers: Map<string, Fetcher>,
): Promise<void> {
  stopLost(fetchers);
  const found = await findFetchedMailboxes(dependencies.database.lookups);
  const wanted = new Map(found.map((one) => [keyOf(one), one]));
  for (const [key, fetcher] of [...fetchers]) {
    // Changed settings are read by a new fetcher.
    if (wanted.get(key)?.version !== fetcher.version) {
      await drop(dependencies, holder, fetchers, key);
    }
  }
  for (const [key, one] of wanted) await claim(dependencies, holder, fetchers, key, one);
}

/** The database was away for too long: another process may have the mailbox by now. */
function stopLost(fetchers: Map<string, Fetcher>): void {
  for (const [key, fetcher] of [...fetchers]) {
    if (fetcher.leasedUntilMs > Date.now()) continue;
    fetchers.delete(key);
    void fetcher.stop();
  }
}

async function claim(
  dependencies: FetchDependencies,
  holder: string,
  fetchers: Map<string, Fetcher>,
  key: string,
  one: FetchedMailbox,
): Promise<void> {
  const { company, mailbox, version } = one;
  const known = fetchers.get(key);
  if (known && known.leasedUntilMs - Date.now() > RENEW_BEFORE_MS) return;
  const leasedUntilMs = Date.now() + LEASE_MS;
  const isOurs = await dependencies.database.withCompany(company, (trx) =>
    leaseFetch(trx, mailbox, holder, LEASE_MS),
  );
  if (known && isOurs) known.leasedUntilMs = leasedUntilMs;
  else if (known) {
    fetchers.delete(key);
    void known.stop();
  } else if (isOurs) {
    const aborter = new AbortController();
    const ended = fetchMailbox(dependencies, one, aborter.signal);
    const stop = async () => {
      aborter.abort();
      await ended;
    };
    fetchers.set(key, { version, leasedUntilMs, stop });
  }
}

async function drop(
  dependencies: FetchDependencies,
  holder: string,
  fetchers: Map<string, Fetcher>,
  key: string,
): Promise<void> {
  const fetcher = fetchers.get(key);
  fetchers.delete(key);
  await fetcher?.stop();
  const [company = '', mailbox = ''] = key.split('/');
  await dependencies.database
    .withCompany(company, (trx) => releaseFetch(trx, mailbox, holder))
    .catch(() => undefined);
}

function keyOf({ company, mailbox }: FetchedMailbox): string {
  return `${company}/${mailbox}`;
}
