import type { Sealer } from '../../runtime/sealed-secrets.ts';
import { readAccessToken } from './access-token.ts';
import type { TokenStore } from './access-token.ts';
import { placeOf } from './sealed-server.ts';
import type { SealedServer } from './sealed-server.ts';

/** A server that a mailbox is read from or sends by, ready to connect to. */
export interface MailServer {
  host: string;
  port: number;
  /** `implicit`: TLS from the first byte; `starttls`: before the login, or not at all. */
  tls: SealedServer['tls'];
  /** Take certificates that nobody vouches for. */
  anyCertificate: boolean;
  /** The authorities that vouch for it, as PEM, instead of the usual ones. */
  ca?: string | null;
  login: Login | null;
}

export type Login = { user: string; password: string } | { user: string; accessToken: string };

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
  const { host, port, tls, any_certificate: anyCertificate, ca, login: user } = sealed;
  const server = { host, port, tls, anyCertificate, ca };
  if (sealed.auth === 'none' || user === null) return { ...server, login: null };
  if (sealed.auth === 'oauth2') {
    const accessToken = await readAccessToken(store, sealer, refused);
    return { ...server, login: { user, accessToken } };
  }
  const password = sealer.open(sealed.secret ?? '', placeOf(sealed, 'secret'));
  return { ...server, login: { user, password } };
}
