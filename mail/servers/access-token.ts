import { setTimeout as pause } from 'node:timers/promises';

import type { Sealer } from '../../runtime/sealed-secrets.ts';
import { cleanLine } from '../clean-text.ts';
import {
  SERVER_WORDS_CHARS_MAX,
  TOKEN_ANSWER_BYTES_MAX,
  TOKEN_LEASE_MS,
  TOKEN_REQUEST_MS,
  TOKEN_SPARE_MS,
  TOKEN_VALID_MS,
} from '../limits.ts';
import { placeOf } from './sealed-server.ts';
import type { SealedServer } from './sealed-server.ts';

/** Where the tokens of one server are kept, sealed; several processes share it. */
export interface TokenStore {
  read(): Promise<SealedServer | null>;
  /** Whether it is ours now to ask for a new token; a lease that ran out is anybody's. */
  lease(of: SealedServer, forMs: number): Promise<boolean>;
  /** Changes nothing of settings that were written since `of` was read. */
  keep(
    of: SealedServer,
    got: { accessToken: string; until: string; refreshToken: string | null },
  ): Promise<void>;
  release(of: SealedServer): Promise<void>;
}

/** The words are for the admin: what the token endpoint said, or that it did not answer. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

const ASK_AGAIN_MS = 200;

/**
 * An access token that is good for a while: the kept one, or one for the refresh token (RFC 6749,
 * 6). Of several processes one asks and the others wait, as some issuers take a refresh token that
 * is used twice for a stolen one.
 * @param refused a token that the mail server did not take, however long it is said to be good
 * @throws TokenError, SealError
 */
export async function readAccessToken(
  store: TokenStore,
  sealer: Sealer,
  refused: string | null = null,
): Promise<string> {
  const giveUpAt = Date.now() + TOKEN_LEASE_MS + TOKEN_REQUEST_MS;
  while (Date.now() < giveUpAt) {
    const kept = await store.read();
    if (!kept) throw new TokenError('The settings of the server are gone.');
    const token = goodToken(kept, sealer);
    if (token !== null && token !== refused) return token;
    if (await store.lease(kept, TOKEN_LEASE_MS)) return renew(store, sealer, kept, refused);
    await pause(ASK_AGAIN_MS);
  }
  throw new TokenError('Another process asks for the access token, and gets no answer.');
}

function goodToken(kept: SealedServer, sealer: Sealer): string | null {
  const { access_token: sealed, access_token_until: until } = kept;
  if (sealed === null || until === null) return null;
  if (Date.parse(until) - TOKEN_SPARE_MS < Date.now()) return null;
  return sealer.open(sealed, placeOf(kept, 'access_token'));
}

/** The lease is ours: asks with the refresh token as it is kept now. */
async function renew(
  store: TokenStore,
  sealer: Sealer,
  leased: SealedServer,
  refused: string | null,
): Promise<string> {
  try {
    const kept = await store.read();
    if (!kept) throw new TokenError('The settings of the server are gone.');
    // Between our look and our lease another process may have got one.
    const token = goodToken(kept, sealer);
    if (token !== null && token !== refused) {
      await store.release(leased);
      return token;
    }
    const got = await askForToken(kept, sealer);
    const seal = (text: string, field: 'access_token' | 'secret') =>
      sealer.seal(text, placeOf(kept, field));
    await store.keep(kept, {
      accessToken: seal(got.accessToken, 'access_token'),
      until: new Date(Date.now() + got.validMs).toISOString(),
      refreshToken: got.refreshToken === null ? null : seal(got.refreshToken, 'secret'),
    });
    return got.accessToken;
  } catch (error) {
    await store.release(leased);
    throw error;
  }
}

interface Got {
  accessToken: string;
  validMs: number;
  /** Set when the issuer replaced it (RFC 6749, 6): the one before is worth nothing then. */
  refreshToken: string | null;
}

async function askForToken(kept: SealedServer, sealer: Sealer): Promise<Got> {
  const { token_endpoint: endpoint, client_id: clientId, client_secret: sealed, scope } = kept;
  if (endpoint === null || kept.secret === null) {
    throw new TokenError('There is no refresh token or token endpoint; give both.');
  }
  const refreshToken = sealer.open(kept.secret, placeOf(kept, 'secret'));
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  if (clientId !== null) form.set('client_id', clientId);
  if (sealed !== null) {
    form.set('client_secret', sealer.open(sealed, placeOf(kept, 'client_secret')));
  }
  if (scope !== null) form.set('scope', scope);
  const { status, body } = await post(endpoint, form);
  const accessToken = textIn(body, 'access_token');
  if (status !== 200 || accessToken === null) {
    const said = [textIn(body, 'error'), textIn(body, 'error_description')].filter(Boolean);
    const words = cleanLine(said.join(': ') || `status ${status}`, SERVER_WORDS_CHARS_MAX);
    throw new TokenError(`The token endpoint gives no access token: ${words}`);
  }
  const replaced = textIn(body, 'refresh_token');
  return {
    accessToken,
    validMs: secondsIn(body, 'expires_in') ?? TOKEN_VALID_MS,
    refreshToken: replaced === refreshToken ? null : replaced,
  };
}

async function post(
  endpoint: string,
  body: URLSearchParams,
): Promise<{ status: number; body: unknown }> {
  const { host } = new URL(endpoint);
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
      // A redirect would carry the refresh token to somewhere that nobody has named.
      redirect: 'error',
      signal: AbortSignal.timeout(TOKEN_REQUEST_MS),
    });
    return { status: answer.status, body: parseJson(await beginningOf(answer)) };
  } catch (error) {
    const reason = error instanceof Error ? (causeOf(error) ?? error.message) : String(error);
    const words = cleanLine(reason, SERVER_WORDS_CHARS_MAX);
    throw new TokenError(`The token endpoint ${host} does not answer: ${words}`);
  }
}

/** Its first bytes; more is neither read nor kept. */
async function beginningOf({ body }: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const stream: AsyncIterable<Uint8Array> | null = body;
  for await (const piece of stream ?? []) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes >= TOKEN_ANSWER_BYTES_MAX) break;
  }
  return Buffer.concat(pieces).subarray(0, TOKEN_ANSWER_BYTES_MAX).toString();
}

function causeOf({ cause }: Error): string | null {
  return cause instanceof Error ? cause.message : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textIn(body: unknown, field: string): string | null {
  const value = fieldOf(body, field);
  return typeof value === 'string' && value !== '' ? value : null;
}

function secondsIn(body: unknown, field: string): number | null {
  const value = Number(fieldOf(body, field) ?? Number.NaN);
  return Number.isFinite(value) && value > 0 ? value * 1_000 : null;
}

function fieldOf(body: unknown, field: string): unknown {
  return typeof body === 'object' && body !== null ? Reflect.get(body, field) : undefined;
}
