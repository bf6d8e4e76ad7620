import type { Sealer } from '../../runtime/sealed-secrets.ts';
import { readAccessToken } from './access-token.ts';
import type { TokenStore } from './access-token.ts';

/** A server that a mailbox is read from or sends by, ready to connect to. */
export interface MailServer {
  host: string;
  port: number;
  /** `implicit`: TLS from the first byte; `starttls`: before the login, or not at all. */
  tls: 'implicit' | 'starttls' | 'none';
  /** Take certificates that nobody vouches for. */
  anyCertificate: boolean;
  login: Login | null;
}

export type Login = { user: string; password: string } | { user: string; accessToken: string };

/** The same as it is kept, its secrets sealed. */
export interface SealedServer {
  company: string;
  mailbox: string;
  direction: 'in' | 'out';
  host: string;
  port: number;
  tls: MailServer['tls'];
  any_certificate: boolean;
  login: string | null;
  auth: 'none' | 'password' | 'oauth2';
  secret: string | null;
  token_endpoint: string | null;
  client_id: string | null;
  client_secret: string | null;
  scope: string | null;
  access_token: string | null;
  access_token_until: string | null;
}

export type SecretField = 'secret' | 'client_secret' | 'access_token';

/** What a secret is sealed for: it opens in no other row, column or company. */
export function placeOf(
  { company, mailbox, direction }: Pick<SealedServer, 'company' | 'mailbox' | 'direction'>,
  field: SecretField,
): string {
  return [company, mailbox, direction, field].join('/');
}

/**
 * Opens the secrets of a server, and gets an access token where it wants one.
 * @param refused an access token that the server did not take: another one is asked for
 * @throws SealError, TokenError
 */
export async function openServer(
  sealed: SealedServer,
  sealer: Sealer,
  store: TokenStore,
  refused: string | null = null,
): Promise<MailServer> {
  const { host, port, tls, any_certificate: anyCertificate, login: user } = sealed;
  const server = { host, port, tls, anyCertificate };
  if (sealed.auth === 'none' || user === null) return { ...server, login: null };
  if (sealed.auth === 'oauth2') {
    const accessToken = await readAccessToken(store, sealer, refused);
    return { ...server, login: { user, accessToken } };
  }
  const password = sealer.open(sealed.secret ?? '', placeOf(sealed, 'secret'));
  return { ...server, login: { user, password } };
}
