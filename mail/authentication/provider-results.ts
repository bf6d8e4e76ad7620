import { asResult, domainOf, judge, unchecked } from '../../domain/authentication.ts';
import type { Authentication, CheckResult } from '../../domain/authentication.ts';
import { cleanLine } from '../clean-text.ts';
import { firstValue } from '../header-block.ts';
import type { MailHeaders } from '../headers.ts';

/** What the providers' own servers call themselves in the results that they add. */
const PROVIDERS: readonly { hosts: RegExp; serverId: RegExp }[] = [
  { hosts: /(?:^|\.)(?:gmail|googlemail|google)\.com$/, serverId: /^mx\.google\.com$/ },
  { hosts: /(?:^|\.)(?:office365|outlook|hotmail)\.com$/, serverId: /^$/ },
  { hosts: /(?:^|\.)fastmail\.com$/, serverId: /(?:^|\.)messagingengine\.com$/ },
  { hosts: /(?:^|\.)mail\.yahoo\.com$/, serverId: /(?:^|\.)yahoo\.com$/ },
  { hosts: /(?:^|\.)mail\.me\.com$/, serverId: /(?:^|\.)icloud\.com$/ },
];

/** Whose word is taken: the mailbox's setting, else what is known of the server behind it. */
export interface TrustedServer {
  /** RFC 8601, 2.2; null when the mailbox names none. */
  authservId: string | null;
  /** The host that the mail is fetched from; null when it was handed over by a relay. */
  host: string | null;
}

/** Results longer than this are no results. Real ones have 300–1,500 characters. */
const RESULTS_CHARS_MAX = 8_000;

/**
 * What the mailbox's own provider found about the sender. Only the topmost Authentication-Results
 * count, and only when that provider wrote them: all others may be the sender's invention.
 */
export function readProviderResults(
  headers: MailHeaders,
  fromAddress: string,
  trusted: TrustedServer,
): Authentication {
  const domain = domainOf(fromAddress);
  const field = firstValue(headers.raw, 'authentication-results').slice(0, RESULTS_CHARS_MAX);
  const results = withoutComments(field);
  const serverId = serverIdOf(results);
  if (field === '' || !isTrusted(serverId, trusted)) return { ...unchecked, domain };
  const spf = resultOf(results, 'spf');
  const dkim = resultOf(results, 'dkim');
  const dmarc = resultOf(results, 'dmarc');
  const arc = resultOf(results, 'arc');
  // Alignment is the provider's to judge; results about another author say nothing of this one.
  const about = /(?:^|[\s;])header\.from\s*=\s*"?([^\s;"]+)/i.exec(results)?.[1];
  const isAbout = about === undefined || isAboutDomain(about, domain);
  const found = {
    ...{ domain, spf, dkim, arc },
    dmarc: isAbout ? dmarc : ('none' as const),
    isSpfAligned: isAbout && dmarc === 'pass',
    isDkimAligned: isAbout && dmarc === 'pass',
    policy: policyIn(field),
    isForwardedHonestly: false,
    wasUnanswered: false,
    isDirect: true,
  };
  const checkedBy = serverId === '' ? (trusted.host ?? 'the provider') : cleanLine(serverId, 255);
  return judge(found, checkedBy);
}

function isAboutDomain(about: string, domain: string | null): boolean {
  const named = (domainOf(about) ?? about).toLowerCase();
  return domain !== null && (named === domain || domain.endsWith(`.${named}`));
}

/** Microsoft leaves its name out: the field begins with the first result. */
function serverIdOf(results: string): string {
  const first = results.split(';', 1)[0]?.trim() ?? '';
  return first.includes('=') ? '' : (/^\S+/.exec(first)?.[0].toLowerCase() ?? '');
}

function isTrusted(serverId: string, { authservId, host }: TrustedServer): boolean {
  if (authservId !== null && authservId !== '') return serverId === authservId.toLowerCase();
  if (host === null) return false;
  const provider = PROVIDERS.find(({ hosts }) => hosts.test(host.toLowerCase()));
  return provider?.serverId.test(serverId) ?? false;
}

/** The first of several results of one method that passed, else the first. */
function resultOf(results: string, method: string): CheckResult {
  const pattern = new RegExp(`(?:^|[;\\s])${method}(?:/\\d+)?\\s*=\\s*([a-z]+)`, 'gi');
  const found = [...results.matchAll(pattern)].map((match) => asResult(match[1]));
  return found.find((result) => result === 'pass') ?? found[0] ?? 'none';
}

/** Google and Microsoft tell the policy beside the result, each in its own way. */
function policyIn(field: string): Authentication['policy'] {
  const said = /\(p=(\w+)|action=(\w+)|policy\.dmarc=(\w+)/i.exec(field);
  const word = (said?.[1] ?? said?.[2] ?? said?.[3])?.toLowerCase();
  if (word === 'oreject' || word === 'reject') return 'reject';
  return word === 'quarantine' ? 'quarantine' : null;
}

/** RFC 5322 comments, nested ones too, and quoted texts that might look like a result. */
function withoutComments(field: string): string {
  let depth = 0;
  let plain = '';
  for (const character of field) {
    if (character === '(') depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
    else if (depth === 0) plain += character;
  }
  return plain.replace(/"[^"]*"/g, (quoted) => quoted.replace(/[;=\s]/g, '_'));
}
