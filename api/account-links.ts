import { credentialFrom, hashCredential, recallCredential } from '../database/credential-hash.ts';
import type { CompanyTransaction, Database } from '../database/client.ts';
import { newId } from '../database/new-id.ts';
import {
  findAccountLink,
  insertAccountLink,
  readAccountLink,
} from '../database/queries/account-links.ts';
import type { AccountLink } from '../database/queries/account-links.ts';
import { insertAccountMail } from '../database/queries/account-mail.ts';
import { linkPurpose, linkUrl, linkValidMs } from '../domain/account-links.ts';
import type { AccountLinkKind } from '../domain/account-links.ts';
import { refused } from '../domain/errors.ts';
import type { RefusedError } from '../domain/errors.ts';
import type { Config } from '../runtime/config.ts';

export interface LinkToSend {
  kind: AccountLinkKind;
  agent: string;
  email: string;
  /** The admin who invites; null: the agent asked. */
  madeBy: string | null;
}

/**
 * Makes a link for an agent and the mail that brings it, in the caller's transaction: a worker
 * sends it, and a crash in between loses nothing. Earlier links lead nowhere any more.
 */
export async function sendAccountLink(
  trx: CompanyTransaction,
  { secret, publicUrl }: Pick<Config, 'secret' | 'publicUrl'>,
  { kind, agent, email, madeBy }: LinkToSend,
): Promise<void> {
  const [link, mail] = [newId(), newId()];
  const hash = hashCredential(credentialFrom(secret, linkPurpose(trx.company, link)));
  await insertAccountLink(trx, { id: link, agent, kind, hash, madeBy, validMs: linkValidMs[kind] });
  const messageId = `${mail}@${new URL(publicUrl).hostname}`;
  await insertAccountMail(trx, { id: mail, link, recipient: email, messageId });
}

/** The address of a link, made again; null when the secret that made it is gone. */
export function urlOfLink(
  { secret, oldSecrets, publicUrl }: Pick<Config, 'secret' | 'oldSecrets' | 'publicUrl'>,
  company: string,
  { id, kind, hash }: AccountLink,
): string | null {
  const credential = recallCredential([secret, ...oldSecrets], linkPurpose(company, id), hash);
  return credential === null ? null : linkUrl(publicUrl, kind, credential);
}

/** The link that somebody shows, if it still leads somewhere. @throws RefusedError */
export async function openLink(
  database: Database,
  shown: string,
): Promise<{ company: string; link: AccountLink }> {
  const place = await findAccountLink(database, hashCredential(shown));
  const link = place
    ? await database.withCompany(place.company, (trx) => readAccountLink(trx, place.link))
    : null;
  if (!place || !link) {
    throw refused('not_found', 'No such link was ever made; see that all of it was copied.');
  }
  if (link.state !== 'open') throw deadLink(link.state, link.kind);
  return { company: place.company, link };
}

/** Why a link leads nowhere. */
export function deadLink(why: 'used' | 'ended' | 'expired', kind: AccountLinkKind): RefusedError {
  const again = kind === 'invitation' ? 'ask an admin for another one' : 'ask for another one';
  const words = {
    used: 'This link was used already; sign in with the password that was chosen.',
    ended: `This link was replaced or taken back; look for a newer mail, or ${again}.`,
    expired: `This link is too old; ${again}.`,
  };
  return refused('link_over', words[why], { why, kind });
}
