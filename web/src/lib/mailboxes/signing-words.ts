/** What an admin reads of the keys that a domain's mail is signed with. */
import type { MailboxSettings, SigningKey } from '../api/mailbox-types.ts';
import type { IconName } from '../icons/icon-name.ts';
import type { Speech } from '../i18n/speech.ts';

export interface KeyWords {
  icon: IconName;
  tone: string;
  word: string;
  fact: string;
}

/** How a key is, and what to do next. */
export function keyWords(
  { inUse, problem, checkedAt }: SigningKey,
  now: number,
  say: Speech,
): KeyWords {
  const checked = checkedAt === null ? '' : `Checked ${say.dates.ago(checkedAt, now)}. `;
  if (problem !== null) {
    const fact = `${checked}Publish the record below, then check it again.`;
    return inUse
      ? {
          icon: 's-uncertain',
          tone: 's-uncertain',
          word: 'In use, but its record is not right',
          fact,
        }
      : {
          icon: 's-failed',
          tone: 's-failed',
          word: 'Not in use: its record is not right yet',
          fact,
        };
  }
  if (inUse) return { icon: 'check', tone: '', word: 'In use', fact: checked.trim() };
  const fact = 'Publish the record below in the DNS of the domain, then check it.';
  return { icon: 's-pending', tone: '', word: 'Not in use yet', fact };
}

export interface SigningDomain {
  domain: string;
  keys: SigningKey[];
}

/** Each domain that mail leaves from, with its keys, the newest first. */
export function signingDomains(
  mailboxes: readonly MailboxSettings[],
  keys: readonly SigningKey[],
): SigningDomain[] {
  const addresses = mailboxes.flatMap(({ address, aliases }) => [address, ...aliases]);
  const ours = addresses.map((address) => address.slice(address.lastIndexOf('@') + 1));
  const all = new Set([...ours, ...keys.map(({ domain }) => domain)]);
  return [...all].toSorted().map((domain) => ({
    domain,
    keys: keys
      .filter((key) => key.domain === domain)
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
  }));
}
