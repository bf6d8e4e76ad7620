import { X509Certificate } from 'node:crypto';

import { isIP } from 'node:net';

import type { CompanyTransaction } from '../database/client.ts';
import { deleteServer, readServer, writeServer } from '../database/queries/mailbox-servers.ts';
import type { Direction, ServerFields } from '../database/queries/mailbox-servers.ts';
import type { MailboxServerRow } from '../database/rows.ts';
import { refused } from '../domain/errors.ts';
import { normaliseAddress } from '../mail/address.ts';
import { placeOf } from '../mail/servers/sealed-server.ts';
import type { SecretField } from '../mail/servers/sealed-server.ts';
import type { Sealer } from '../runtime/sealed-secrets.ts';
import type { IncomingGiven, OutgoingGiven } from './schemas/mailbox.ts';

type Given = IncomingGiven | OutgoingGiven;

/** RFC 8314, 7.3 and RFC 9051, 2: ports at which TLS begins with the first byte, or never. */
const implicitPorts = [993, 465];
const startTlsPorts = [143, 587, 25];
const defaultPorts = {
  in: { implicit: 993, starttls: 143, none: 143 },
  out: { implicit: 465, starttls: 587, none: 25 },
} as const;

/**
 * Writes what an admin says of a mailbox's servers; a field that is left out stays as it is.
 * @throws RefusedError `validation` naming what is missing or does not fit
 */
export async function saveServers(
  trx: CompanyTransaction,
  sealer: Sealer,
  mailbox: { id: string; address: string },
  given: { incoming?: IncomingGiven | null; outgoing?: OutgoingGiven | null },
): Promise<void> {
  const { incoming, outgoing } = given;
  if (incoming !== undefined) await saveServer(trx, sealer, mailbox, 'in', incoming);
  if (outgoing !== undefined) await saveServer(trx, sealer, mailbox, 'out', outgoing);
}

async function saveServer(
  trx: CompanyTransaction,
  sealer: Sealer,
  mailbox: { id: string; address: string },
  direction: Direction,
  given: Given | null,
): Promise<void> {
  if (given === null) return deleteServer(trx, mailbox.id, direction);
  const known = await readServer(trx, mailbox.id, direction);
  const name = direction === 'in' ? 'incoming' : 'outgoing';
  const host = given.host ?? known?.host;
  if (host === undefined) throw refused('validation', `${name}.host is missing; name the server.`);
  const keepsSecret = known?.auth !== 'none' && given.login !== null && !bringsSecret(given);
  if (known && host !== known.host && keepsSecret) {
    throw refused(
      'validation',
      `${name}.host changes to "${host}": give the password or the refresh token again, ` +
        'so that it goes only where you want it to.',
    );
  }
  const tls = given.tls ?? tlsFor(given.port) ?? known?.tls ?? defaultTls(direction);
  const seal = (text: string, field: SecretField) =>
    sealer.seal(text, placeOf({ company: trx.company, mailbox: mailbox.id, direction }, field));
  const credentials = credentialsOf(given, known, name, seal);
  const login = given.login === undefined ? known?.login : given.login;
  await writeServer(trx, {
    mailbox: mailbox.id,
    direction,
    enabled: given.enabled ?? known?.enabled ?? true,
    host,
    port: given.port ?? known?.port ?? defaultPorts[direction][tls],
    tls,
    any_certificate: given.anyCertificate ?? known?.any_certificate ?? false,
    ca: given.ca === undefined ? (known?.ca ?? null) : readAuthorities(given.ca, name),
    login: credentials.auth === 'none' ? null : (login ?? mailbox.address),
    ...credentials,
    ...folderFields(direction, given, known),
  });
}

const PEM = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** The certificates, without what stands around them. */
function readAuthorities(pem: string | null, name: string): string | null {
  if (pem === null) return null;
  const certificates = pem.match(PEM) ?? [];
  const isWrong = (certificate: string): boolean => {
    try {
      return new X509Certificate(certificate).subject === undefined;
    } catch {
      return true;
    }
  };
  if (certificates.length > 0 && !certificates.some(isWrong)) return certificates.join('\n');
  throw refused(
    'validation',
    `${name}.ca holds no certificate that can be read; give PEM text that begins with ` +
      '-----BEGIN CERTIFICATE-----.',
  );
}

function bringsSecret({ password, oauth }: Given): boolean {
  return password !== undefined || oauth?.refreshToken !== undefined;
}

function tlsFor(port: number | undefined): MailboxServerRow['tls'] | undefined {
  if (port === undefined) return undefined;
  if (implicitPorts.includes(port)) return 'implicit';
  return startTlsPorts.includes(port) ? 'starttls' : undefined;
}

function defaultTls(direction: Direction): MailboxServerRow['tls'] {
  return direction === 'in' ? 'implicit' : 'starttls';
}

type Credentials = Pick<
  ServerFields,
  'auth' | 'secret' | 'token_endpoint' | 'client_id' | 'client_secret' | 'scope'
>;

const noOauth = { token_endpoint: null, client_id: null, client_secret: null, scope: null };

function credentialsOf(
  given: Given,
  known: MailboxServerRow | null,
  name: string,
  seal: (text: string, field: SecretField) => string,
): Credentials {
  const { password, oauth } = given;
  if (password !== undefined && oauth !== undefined) {
    throw refused('validation', `${name} has a password and oauth; give the one that counts.`);
  }
  if (password !== undefined) {
    return { auth: 'password', secret: seal(password, 'secret'), ...noOauth };
  }
  if (oauth !== undefined) return oauthOf(oauth, known, name, seal);
  if (name === 'incoming' && !known) {
    throw refused('validation', 'incoming needs a password or oauth to sign in with.');
  }
  // A server in one's own network often wants no login.
  if (!known || given.login === null) return { auth: 'none', secret: null, ...noOauth };
  const { auth, secret, token_endpoint, client_id, client_secret, scope } = known;
  return { auth, secret, token_endpoint, client_id, client_secret, scope };
}

function oauthOf(
  oauth: NonNullable<Given['oauth']>,
  known: MailboxServerRow | null,
  name: string,
  seal: (text: string, field: SecretField) => string,
): Credentials {
  const { tokenEndpoint, clientId, clientSecret, refreshToken, scope } = oauth;
  requireSafe(tokenEndpoint, name);
  const isSame =
    known?.auth === 'oauth2' &&
    known.token_endpoint === tokenEndpoint &&
    known.client_id === clientId;
  const secret = refreshToken === undefined ? null : seal(refreshToken, 'secret');
  if (secret === null && !isSame) {
    throw refused('validation', `${name}.oauth.refreshToken is missing; give it with the client.`);
  }
  const keptSecret = isSame ? known.client_secret : null;
  const newSecret = typeof clientSecret === 'string' ? seal(clientSecret, 'client_secret') : null;
  return {
    auth: 'oauth2',
    secret: secret ?? known?.secret ?? null,
    token_endpoint: tokenEndpoint,
    client_id: clientId,
    client_secret: clientSecret === undefined ? keptSecret : newSecret,
    scope: scope === undefined ? (isSame ? known.scope : null) : scope,
  };
}

/** A refresh token is as good as a password: it goes only encrypted, or to this machine. */
function requireSafe(endpoint: string, name: string): void {
  const url = URL.parse(endpoint);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const isLocal = host === 'localhost' || (isIP(host) > 0 && /^(127\.|::1$)/.test(host));
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return;
  throw refused(
    'validation',
    `${name}.oauth.tokenEndpoint "${endpoint}" is no https address, such as ` +
      'https://oauth2.googleapis.com/token.',
  );
}

type FolderFields = Pick<ServerFields, 'folder' | 'taken' | 'processed_folder' | 'existing'>;

function folderFields(
  direction: Direction,
  given: Given,
  known: MailboxServerRow | null,
): FolderFields {
  if (direction === 'out') {
    return { folder: null, taken: null, processed_folder: null, existing: null };
  }
  const { folder, taken, processedFolder, existing }: IncomingGiven = given;
  const fields = {
    folder: folder ?? known?.folder ?? 'INBOX',
    taken: taken ?? known?.taken ?? 'move',
    processed_folder: processedFolder ?? known?.processed_folder ?? 'Processed',
    existing: existing ?? known?.existing ?? 'unseen',
  } as const;
  if (fields.taken === 'move' && fields.folder === fields.processed_folder) {
    throw refused(
      'validation',
      `incoming.processedFolder "${fields.folder}" is the folder that is read; name another.`,
    );
  }
  return fields;
}

/**
 * A plus would be taken for the token of a ticket (contract.md, Mail).
 * @throws RefusedError `validation`
 */
export function readMailboxAddress(text: string): string {
  const address = normaliseAddress(text);
  if (address !== null && !address.includes('+')) return address;
  throw refused(
    'validation',
    `"${text}" is no address for a mailbox; give one such as support@acme.test, without a plus.`,
  );
}
