import { authenticate, dmarc as checkDmarc, spf as checkSpf } from 'mailauth';
import type { AuthenticateResult, DNSResolver } from 'mailauth';
import { BlockList, isIP } from 'node:net';
import type { Readable } from 'node:stream';
import { asResult, domainOf, judge, unchecked } from '../../domain/authentication.ts';
import type { Authentication, Findings } from '../../domain/authentication.ts';
import { readHeaders } from '../headers.ts';
import type { MailHeaders } from '../headers.ts';
import {
  ARC_SEALS_MAX,
  AUTHENTICATION_HEADER_BYTES_MAX,
  AUTHENTICATION_HEADER_LINES_MAX,
  AUTHENTICATION_MS_MAX,
  DKIM_SIGNATURES_MAX,
  DNS_ANSWERS_MS_MAX,
} from '../limits.ts';
import { createLookUps } from './look-ups.ts';
import type { Resolve } from './look-ups.ts';

/** A mail and what its sending server said. */
export interface MailToCheck {
  /** The mail itself, from its first byte. */
  open: () => Readable;
  /** As it is shown to people; '' when there is none. */
  fromAddress: string;
  /** The envelope sender; '' for none. */
  envelopeFrom: string;
  remoteAddress: string | null;
  /** Null when a server of ours handed it over, so that the sender's own is not known. */
  helo: string | null;
}

/** What we call ourselves in the texts of mailauth; it needs a name, or it looks one up. */
const OURSELVES = 'postkeep';

/**
 * Checks SPF, DKIM, DMARC and ARC (RFC 7208, 6376, 7489, 8617) of a mail that came by SMTP. Never
 * rejects and takes no longer than AUTHENTICATION_MS_MAX: without answers it is `temperror`.
 */
export async function checkSender(mail: MailToCheck, resolve: Resolve): Promise<Authentication> {
  const domain = domainOf(mail.fromAddress);
  const unknown: Authentication = {
    ...unchecked,
    verdict: 'temperror',
    dmarc: 'temperror',
    domain,
  };
  const look = createLookUps(resolve, Date.now() + DNS_ANSWERS_MS_MAX);
  const streams = new Set<Readable>();
  const open = (): Readable => {
    const stream = mail.open();
    streams.add(stream);
    return stream;
  };
  let deadline: NodeJS.Timeout | undefined;
  const late = new Promise<Authentication>((settle) => {
    deadline = setTimeout(() => settle(unknown), AUTHENTICATION_MS_MAX);
  });
  try {
    return await Promise.race([late, check({ ...mail, open }, domain, look)]);
  } catch {
    // Whatever the libraries make of such a mail, it says nothing about its sender.
    return { ...unchecked, domain };
  } finally {
    clearTimeout(deadline);
    for (const stream of streams) stream.destroy();
  }
}

async function check(
  mail: MailToCheck,
  domain: string | null,
  look: DNSResolver,
): Promise<Authentication> {
  if (domain === null) return unchecked;
  const isDirect = cameDirectly(mail);
  const client = { ip: mail.remoteAddress ?? '', helo: mail.helo ?? '' };
  const options = {
    ...(isDirect ? client : {}),
    sender: mail.envelopeFrom,
    mta: OURSELVES,
    resolver: look,
    disableBimi: true,
  };
  askEarly(checkDmarc({ headerFrom: [mail.fromAddress], resolver: look }));
  if (isDirect) askEarly(checkSpf({ ...options, ...client }));
  const beginning = await readBeginning(mail.open());
  const headers = readHeaders(beginning);
  const isPlain = hasPlainHeaders(beginning, headers);
  if (isPlain) for (const name of keyNames(headers)) askEarly(look(name, 'TXT'));
  const whole = isPlain ? await authenticate(mail.open(), options) : null;
  // Programs differ in what they take for the author: checked is the one that people are shown.
  const isShownAuthor = whole?.dkim.headerFrom.join(' ').toLowerCase() === mail.fromAddress;
  const result =
    whole && isShownAuthor ? whole : await authenticate(bareMail(mail.fromAddress), options);
  const wasUnanswered = await mightHavePassed(result, mail.fromAddress, { isDirect, look });
  return judge(readFindings(result, domain, { isDirect, wasUnanswered }), OURSELVES);
}

/**
 * Begins what mailauth asks one after the other: a sender who spends the time on slow names of
 * its own must not keep the names from being asked that tell of the author. Its answer is read
 * when mailauth asks the same again.
 */
function askEarly(question: Promise<unknown>): void {
  question.catch(() => undefined);
}

/** Where the keys are of what is signed (RFC 6376, 3.6.2.1; RFC 8617, 4.1). */
function keyNames({ raw }: MailHeaders): string[] {
  const fields = ['dkim-signature', 'arc-message-signature', 'arc-seal'];
  const signatures = fields.flatMap((field) => raw.get(field) ?? []);
  return signatures.flatMap((signature) => {
    const [domain, selector] = [tagOf(signature, 'd'), tagOf(signature, 's')];
    return domain && selector ? [`${selector}._domainkey.${domain}`] : [];
  });
}

function tagOf(signature: string, tag: 'd' | 's'): string | undefined {
  return new RegExp(`(?:^|;)\\s*${tag}\\s*=\\s*([^;\\s]+)`).exec(signature)?.[1];
}

/**
 * Whether DMARC would pass had the checks passed that had no answer. Names that do not matter to
 * the author's domain have no say: anybody can own one that never answers.
 */
async function mightHavePassed(
  { spf, dkim }: AuthenticateResult,
  address: string,
  { isDirect, look }: { isDirect: boolean; look: DNSResolver },
): Promise<boolean> {
  const spfDomains =
    isDirect && spf && asResult(spf.status.result) === 'temperror' ? [spf.domain] : [];
  const dkimDomains = dkim.results
    .filter(({ status }) => asResult(status.result) === 'temperror' && !status.underSized)
    .map(({ signingDomain }) => ({ domain: signingDomain }));
  if (spfDomains.length + dkimDomains.length === 0) return false;
  const asked = { headerFrom: [address], spfDomains, dkimDomains, resolver: look };
  const best = await checkDmarc(asked);
  if (best === false) return false;
  // Without a record the author's domain may still vouch for the mail by a check of its own.
  const domains = [...spfDomains, ...dkimDomains.map((one) => one.domain)];
  const isOwn = domains.some((one) => isSameOrUnder(one, domainOf(address) ?? ''));
  return best.status.result === 'pass' || (best.status.result === 'none' && isOwn);
}

function readFindings(
  { spf, dkim, dmarc, arc }: AuthenticateResult,
  domain: string,
  asked: { isDirect: boolean; wasUnanswered: boolean },
): Findings {
  const spfResult = spf && asked.isDirect ? asResult(spf.status.result) : 'none';
  const whole = dkim.results.filter((one) => !one.status.underSized);
  const passed = whole.filter((one) => one.status.result === 'pass');
  const aligned = passed.filter((one) => one.status.aligned);
  const arcResult = arc ? asResult(arc.status.result) : 'none';
  return {
    ...asked,
    domain,
    spf: spfResult,
    isSpfAligned: spfResult === 'pass' && spf !== false && isSameOrUnder(spf.domain, domain),
    dkim: asResult((aligned[0] ?? passed[0] ?? whole[0])?.status.result),
    isDkimAligned: aligned.length > 0,
    dmarc: dmarc ? asResult(dmarc.status.result) : 'none',
    policy: dmarc ? policyOf(dmarc.policy) : null,
    arc: arcResult,
    isForwardedHonestly: arcResult === 'pass' && arc !== false && isHonestSeal(arc),
  };
}

function policyOf(word: string | undefined): Authentication['policy'] {
  const lower = word?.toLowerCase();
  return lower === 'none' || lower === 'quarantine' || lower === 'reject' ? lower : null;
}

/** Servers that forward for millions and seal truthfully what they saw; anybody may seal. */
const HONEST_SEALERS = [
  ...['google.com', 'gmail.com', 'googlegroups.com', 'microsoft.com', 'messagingengine.com'],
  ...['fastmail.com', 'pobox.com', 'topicbox.com', 'forwardemail.net', 'yahoo.com', 'icloud.com'],
];

function isHonestSeal(arc: Exclude<AuthenticateResult['arc'], false>): boolean {
  const sealer = arc.signature ? arc.signature.signingDomain.toLowerCase() : '';
  const said = JSON.stringify(arc.authenticationResults?.['dmarc'] ?? null);
  const isHonest = HONEST_SEALERS.some((known) => isSameOrUnder(sealer, known));
  return isHonest && /"result":"pass"/i.test(said);
}

function isSameOrUnder(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.endsWith(`.${b}`) || (b.endsWith(`.${a}`) && a.includes('.'));
}

/** Only the author: what is left of a mail whose headers are too many or mean several authors. */
function bareMail(address: string): Buffer {
  return Buffer.from(`From: <${address.replace(/[<>\r\n]/g, '')}>\r\n\r\n`);
}

/**
 * Whether checking costs what it costs for real mail. A megabyte of folded lines takes mailauth
 * more than a minute, and every signature over another part of the body reads the body again.
 */
function hasPlainHeaders(raw: Buffer, { bodyStart, raw: fields }: MailHeaders): boolean {
  // Headers that fill all that was read have no end within it.
  if (bodyStart >= AUTHENTICATION_HEADER_BYTES_MAX) return false;
  const lines = raw.toString('latin1', 0, bodyStart).split('\n').length;
  const signatures = fields.get('dkim-signature')?.length ?? 0;
  const seals = fields.get('arc-seal')?.length ?? 0;
  return (
    lines <= AUTHENTICATION_HEADER_LINES_MAX &&
    signatures <= DKIM_SIGNATURES_MAX &&
    seals <= ARC_SEALS_MAX
  );
}

/** The headers of a mail, and what of its body comes with them. */
export async function readBeginning(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) continue;
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= AUTHENTICATION_HEADER_BYTES_MAX) break;
  }
  return Buffer.concat(chunks).subarray(0, AUTHENTICATION_HEADER_BYTES_MAX);
}

/** Networks where only relays of ours are (RFC 1918, 4193, 4291, 6598). */
const ownNetworks = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const) {
  ownNetworks.addSubnet(network, prefix, 'ipv4');
}
ownNetworks.addAddress('::1', 'ipv6');
ownNetworks.addSubnet('fc00::', 7, 'ipv6');
ownNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Whether the sender's own server handed it over, and no relay of ours. */
export function cameDirectly({
  helo,
  remoteAddress,
}: Pick<MailToCheck, 'helo' | 'remoteAddress'>): boolean {
  return helo !== null && isPublicAddress(remoteAddress);
}

function isPublicAddress(address: string | null): boolean {
  const plain = address?.replace(/^::ffff:(?=\d)/i, '') ?? '';
  const version = isIP(plain);
  return version !== 0 && !ownNetworks.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}
