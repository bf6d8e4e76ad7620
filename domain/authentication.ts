export const checkResults = [
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'policy',
  'temperror',
  'permerror',
] as const;

/** What one check says, in the words of RFC 8601, 2.7. */
export type CheckResult = (typeof checkResults)[number];

export const verdicts = ['verified', 'failed', 'none', 'temperror'] as const;

/**
 * `verified`: the domain after the @ of From vouches for the mail. `failed`: it says that the mail
 * is not its own. `none`: it says nothing. `temperror`: it could not be asked.
 */
export type Verdict = (typeof verdicts)[number];

/** What is known of who sent a mail, as it is kept with the mail. Plain JSON. */
export type Authentication = {
  verdict: Verdict;
  spf: CheckResult;
  dkim: CheckResult;
  dmarc: CheckResult;
  arc: CheckResult;
  /** The domain of the From address; null when there is none. */
  domain: string | null;
  /** What the domain asks to be done with mail that fails DMARC; null when it asks nothing. */
  policy: 'none' | 'quarantine' | 'reject' | null;
  /** `postkeep`, or the server whose word was taken for it. */
  checkedBy: string;
};

/** What the checks found, before anything follows from it. */
export interface Findings {
  domain: string | null;
  spf: CheckResult;
  /** SPF passed, for the domain of From itself. */
  isSpfAligned: boolean;
  dkim: CheckResult;
  /** A signature of the domain of From is right, and covers the whole body. */
  isDkimAligned: boolean;
  dmarc: CheckResult;
  policy: Authentication['policy'];
  arc: CheckResult;
  /** A forwarder that is known to be honest says that the mail was right when it came there. */
  isForwardedHonestly: boolean;
  /** A check had no answer that could have made DMARC pass for the domain of From. */
  wasUnanswered: boolean;
  /** The server that handed the mail over is where it began, not a relay of ours. */
  isDirect: boolean;
}

/** What follows from the checks for the mail (RFC 7489, 6.6). */
export function judge(found: Findings, checkedBy: string): Authentication {
  const { spf, dkim, arc, domain, policy } = found;
  const dmarc = dmarcOf(found);
  return { verdict: verdictOf(found, dmarc), spf, dkim, dmarc, arc, domain, policy, checkedBy };
}

function dmarcOf(found: Findings): CheckResult {
  const { dmarc, isDkimAligned, isSpfAligned } = found;
  // A signature over the beginning of a body vouches for whatever somebody put below it.
  const isHollow = dmarc === 'pass' && !isDkimAligned && !isSpfAligned;
  if (dmarc !== 'fail' && !isHollow) return dmarc;
  if (found.wasUnanswered) return 'temperror';
  // Behind a relay of ours the sender's address is not known, and SPF could not pass.
  return found.isDirect ? 'fail' : 'none';
}

function verdictOf(found: Findings, dmarc: CheckResult): Verdict {
  const { spf, isSpfAligned, isDkimAligned, wasUnanswered } = found;
  if (dmarc === 'pass' || isDkimAligned || (dmarc === 'none' && isSpfAligned)) return 'verified';
  if (dmarc === 'fail') return found.isForwardedHonestly ? 'none' : 'failed';
  if (dmarc === 'temperror' || wasUnanswered) return 'temperror';
  return spf === 'fail' ? 'failed' : 'none';
}

/** Why a mail waits for a person, in words; null for nearly all. Missing answers are no reason. */
export function reasonToDoubt(authentication: Authentication): string | null {
  const { verdict, dmarc, policy, domain } = authentication;
  if (verdict !== 'failed' || dmarc !== 'fail') return null;
  if (policy !== 'reject' && policy !== 'quarantine') return null;
  const wish = policy === 'reject' ? 'refuse' : 'set aside';
  return (
    `suspicious: it says it is from ${domain ?? 'nowhere'}, but that domain did not send it ` +
    `(DMARC failed) and asks to ${wish} such mail`
  );
}

export const unchecked: Authentication = {
  verdict: 'none',
  spf: 'none',
  dkim: 'none',
  dmarc: 'none',
  arc: 'none',
  domain: null,
  policy: null,
  checkedBy: 'postkeep',
};

/** The domain after the @, in lower case; null when there is none. */
export function domainOf(address: string): string | null {
  const at = address.lastIndexOf('@');
  const domain = at < 0 ? '' : address.slice(at + 1).toLowerCase();
  return domain === '' ? null : domain;
}

/** A word of a server as one of ours; what we do not know says nothing. */
export function asResult(word: string | undefined): CheckResult {
  const lower = word?.toLowerCase();
  if (lower === 'temperr') return 'temperror';
  if (lower === 'bestguesspass') return 'none';
  return checkResults.find((known) => known === lower) ?? 'none';
}
