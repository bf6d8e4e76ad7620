import type { CompanyTransaction } from '../database/client.ts';
import { readFetchHealth } from '../database/queries/mailbox-fetch.ts';
import type { FetchHealth } from '../database/queries/mailbox-fetch.ts';
import { readShownServers } from '../database/queries/mailbox-servers.ts';
import type { ShownServer } from '../database/queries/mailbox-servers.ts';
import type { Mailbox as MailboxRow } from '../database/queries/mailboxes.ts';
import { readAgentRole } from '../database/queries/sign-in.ts';
import type { IncomingShown, Mailbox, OutgoingShown } from './schemas/mailbox.ts';

/** Mailboxes as an agent may see them: their servers and their health only as an admin. */
export async function showMailboxes(
  trx: CompanyTransaction,
  agent: string,
  mailboxes: readonly MailboxRow[],
): Promise<Mailbox[]> {
  if ((await readAgentRole(trx, agent)) !== 'admin') return [...mailboxes];
  const ids = mailboxes.map(({ id }) => id);
  const servers = await readShownServers(trx, ids);
  const healths = await readFetchHealth(trx, ids);
  return mailboxes.map((mailbox) => {
    const own = servers.filter((server) => server.mailbox === mailbox.id);
    const incoming = own.find(({ direction }) => direction === 'in');
    const outgoing = own.find(({ direction }) => direction === 'out');
    const health = healths.find((one) => one.mailbox === mailbox.id);
    return {
      ...mailbox,
      incoming: incoming ? showIncoming(incoming) : null,
      outgoing: outgoing ? showServer(outgoing) : null,
      health: incoming && health ? showHealth(health) : null,
    };
  });
}

function showServer(server: ShownServer): OutgoingShown {
  const { enabled, host, port, tls, anyCertificate, ca, login, auth, secretSet } = server;
  const { tokenEndpoint, clientId, scope, clientSecretSet } = server;
  const oauth = {
    tokenEndpoint: tokenEndpoint ?? '',
    clientId: clientId ?? '',
    scope,
    clientSecretSet,
    refreshTokenSet: secretSet,
  };
  const passwordSet = auth === 'password' && secretSet;
  const shown = { enabled, host, port, tls, anyCertificate, ca, login, passwordSet };
  return { ...shown, oauth: auth === 'oauth2' ? oauth : null };
}

function showIncoming(server: ShownServer): IncomingShown {
  return {
    ...showServer(server),
    folder: server.folder ?? '',
    taken: server.taken ?? 'move',
    processedFolder: server.processedFolder ?? '',
    existing: server.existing ?? 'unseen',
  };
}

function showHealth({ mailbox: _, errorStep: step, ...health }: FetchHealth) {
  return { ...health, step };
}
