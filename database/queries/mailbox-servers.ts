import { select } from '../client.ts';
import type { CompanyTransaction, Database } from '../client.ts';
import { mailboxServerColumns } from '../columns.ts';
import type { MailboxServerRow } from '../rows.ts';

export type Direction = MailboxServerRow['direction'];

/** What may be shown of a server: whether there are secrets, and never what they are. */
export interface ShownServer {
  mailbox: string;
  direction: Direction;
  enabled: boolean;
  host: string;
  port: number;
  tls: MailboxServerRow['tls'];
  anyCertificate: boolean;
  ca: string | null;
  login: string | null;
  auth: MailboxServerRow['auth'];
  secretSet: boolean;
  clientSecretSet: boolean;
  tokenEndpoint: string | null;
  clientId: string | null;
  scope: string | null;
  folder: string | null;
  taken: MailboxServerRow['taken'];
  processedFolder: string | null;
  existing: MailboxServerRow['existing'];
}

export function readShownServers(
  trx: CompanyTransaction,
  mailboxes: readonly string[],
): Promise<ShownServer[]> {
  return select<ShownServer>(
    trx,
    `select mailbox, direction, enabled, host, port, tls, any_certificate as "anyCertificate",
       ca, login,
       auth, secret is not null as "secretSet", client_secret is not null as "clientSecretSet",
       token_endpoint as "tokenEndpoint", client_id as "clientId", scope, folder, taken,
       processed_folder as "processedFolder", existing
     from mailbox_server where mailbox = any(?)`,
    [[...mailboxes]],
  );
}

/** A server with its sealed secrets; null when the mailbox has none for this direction. */
export async function readServer(
  trx: CompanyTransaction,
  mailbox: string,
  direction: Direction,
): Promise<MailboxServerRow | null> {
  const rows = await select<MailboxServerRow>(
    trx,
    `select ${mailboxServerColumns} from mailbox_server
     where company = ? and mailbox = ? and direction = ?`,
    [trx.company, mailbox, direction],
  );
  return rows[0] ?? null;
}

/** Everything that an admin says of a server; secrets come sealed. */
export type ServerFields = Omit<
  MailboxServerRow,
  'company' | 'version' | 'access_token' | 'access_token_until' | 'token_lease_until'
>;

/** Writes a server as it is from now on; its version goes up, so that whoever uses it asks anew. */
export async function writeServer(trx: CompanyTransaction, fields: ServerFields): Promise<void> {
  const row = { company: trx.company, ...fields };
  const fresh = {
    ...fields,
    access_token: null,
    access_token_until: null,
    token_lease_until: null,
  };
  await trx('mailbox_server')
    .insert(row)
    .onConflict(['company', 'mailbox', 'direction'])
    .merge({ ...fresh, version: trx.raw('mailbox_server.version + 1') });
}

export async function deleteServer(
  trx: CompanyTransaction,
  mailbox: string,
  direction: Direction,
): Promise<void> {
  await trx('mailbox_server').where({ company: trx.company, mailbox, direction }).delete();
}

/** Where the tokens of one server are kept; several processes share it. */
export interface KeptTokens {
  read(): Promise<MailboxServerRow | null>;
  /** Whether it is ours now to ask for a new token; not once the settings are others. */
  lease(of: Used, forMs: number): Promise<boolean>;
  /** Gives the lease back, with what was got; a refresh token only when it was replaced. */
  keep(of: Used, got: Got): Promise<void>;
  release(of: Used): Promise<void>;
}

/** The settings that a token is asked for by. An admin may write others in the meantime. */
type Used = Pick<MailboxServerRow, 'version' | 'secret'>;

interface Got {
  accessToken: string;
  until: string;
  refreshToken: string | null;
}

export function keptTokens(
  database: Database,
  { company, mailbox, direction }: Pick<MailboxServerRow, 'company' | 'mailbox' | 'direction'>,
): KeptTokens {
  const where = { company, mailbox, direction };
  return {
    read: () => database.withCompany(company, (trx) => readServer(trx, mailbox, direction)),
    lease: ({ version }, forMs) =>
      database.withCompany(company, async (trx) => {
        const rows = await select<{ mailbox: string }>(
          trx,
          `update mailbox_server set token_lease_until = now() + make_interval(secs => ?)
           where company = ? and mailbox = ? and direction = ? and version = ?
             and (token_lease_until is null or token_lease_until < now()) returning mailbox`,
          [forMs / 1_000, company, mailbox, direction, version],
        );
        return rows.length > 0;
      }),
    keep: ({ version, secret }, { accessToken, until, refreshToken }) =>
      database.withCompany(company, async (trx) => {
        const tokens = { access_token: accessToken, access_token_until: until };
        await trx('mailbox_server')
          .where({ ...where, version })
          .update({ ...tokens, token_lease_until: null });
        if (refreshToken === null) return;
        // The one that it replaces is worth nothing now, in whichever settings it stands.
        await trx('mailbox_server')
          .where((either) => void either.where({ ...where, version }).orWhere({ ...where, secret }))
          .update({ secret: refreshToken });
      }),
    release: ({ version }) =>
      database.withCompany(company, async (trx) => {
        await trx('mailbox_server')
          .where({ ...where, version })
          .update({ token_lease_until: null });
      }),
  };
}
