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
  const words = say.t.mailboxes.signing;
  const checked = checkedAt === null ? '' : `${words.checked(say.dates.ago(checkedAt, now))} `;
  if (problem !== null) {
    const fact = `${checked}${words.republish}`;
    return inUse
      ? {
          icon: 's-uncertain',
          tone: 's-uncertain',
          word: words.inUseWrong,
          fact,
        }
      : {
          icon: 's-failed',
          tone: 's-failed',
          word: words.wrong,
          fact,
        };
  }
  if (inUse) return { icon: 'check', tone: '', word: words.inUse, fact: checked.trim() };
  const fact = words.publish;
  return { icon: 's-pending', tone: '', word: words.notYet, fact };
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
