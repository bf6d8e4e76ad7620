import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OAuth2 issuer that replaces the refresh token with each use, as Microsoft does. */
export interface Issuer {
  tokenEndpoint: string;
  /** Where Dovecot asks whose a token is. */
  tokenInfoUrl: string;
  /** The refresh token that counts now. */
  refreshToken: () => string;
  /** All access tokens that it gave. */
  given: string[];
  /** What was asked for, without the secrets. */
  asked: URLSearchParams[];
  /** A token that was given is good no longer. */
  callBack(accessToken: string): void;
  /** Nobody gets a token any more. */
  revokeAll(): void;
  stop(): Promise<void>;
}

export const CLIENT = { id: 'postkeep', secret: 'the secret of the client' };

export async function startIssuer(email: string, onGiven = (_: string) => {}): Promise<Issuer> {
  const state = { refresh: 'refresh-0', uses: 0, revoked: false };
  const good = new Set<string>();
  const given: string[] = [];
  const asked: URLSearchParams[] = [];
  const grant = (form: URLSearchParams) => {
    asked.push(form);
    const isRight =
      !state.revoked &&
      form.get('grant_type') === 'refresh_token' &&
      form.get('refresh_token') === state.refresh &&
      form.get('client_id') === CLIENT.id &&
      form.get('client_secret') === CLIENT.secret;
    if (!isRight) {
      return {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'used or revoked' },
      };
    }
    state.uses += 1;
    state.refresh = `refresh-${state.uses}`;
    const access = `access-${state.uses}`;
    good.add(access);
    given.push(access);
    onGiven(access);
    const tokens = { access_token: access, refresh_token: state.refresh, expires_in: 3_600 };
    return { status: 200, body: { token_type: 'Bearer', ...tokens } };
  };
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? '', 'http://issuer.test');
    if (url.pathname === '/info') {
      const isGood = good.has(url.searchParams.get('access_token') ?? '');
      return answer(isGood ? 200 : 401, isGood ? { email, active: true } : { error: 'invalid' });
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, body } = grant(new URLSearchParams(Buffer.concat(chunks).toString()));
      answer(status, body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()));
  return {
    tokenEndpoint: `http://127.0.0.1:${port}/token`,
    tokenInfoUrl: `http://127.0.0.1:${port}/info?access_token=`,
    refreshToken: () => state.refresh,
    given,
    asked,
    callBack: (token) => void good.delete(token),
    revokeAll: () => void (state.revoked = true),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
