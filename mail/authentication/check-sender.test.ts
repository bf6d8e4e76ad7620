import { dkimSign } from 'mailauth';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { reasonToDoubt } from '../../domain/authentication.ts';
import { resolveFrom, signingKeys, silence } from '../testing/zone.ts';
import type { Zone } from '../testing/zone.ts';
import { checkSender } from './check-sender.ts';
import type { MailToCheck } from './check-sender.ts';
import type { Resolve } from './look-ups.ts';

const keys = signingKeys();
const LETTER =
  'From: Bo <bo@shop.example>\r\nSubject: Hello\r\nTo: s@acme.test\r\n\r\nHi there\r\n';
const rejecting: Zone = {
  'TXT shop.example': [['v=spf1 ip4:203.0.113.7 -all']],
  'TXT _dmarc.shop.example': [['v=DMARC1; p=reject']],
  'TXT k1._domainkey.shop.example': [[keys.record]],
};

function mailOf(raw: string, said: Partial<MailToCheck> = {}): MailToCheck {
  return {
    open: () => Readable.from([Buffer.from(raw)], { objectMode: false }),
    fromAddress: 'bo@shop.example',
    envelopeFrom: 'bo@shop.example',
    remoteAddress: '203.0.113.7',
    helo: 'mx.shop.example',
    ...said,
  };
}

const elsewhere = { remoteAddress: '198.51.100.9', helo: 'elsewhere.example' };

async function signed(letter = LETTER, signingDomain = 'shop.example'): Promise<string> {
  // Without a time mailauth looks at the clock twice, and signs another second than it writes.
  const signTime = new Date();
  const signer = { signingDomain, selector: 'k1', privateKey: keys.privateKey, signTime };
  const { signatures } = await dkimSign(letter, { ...signer, signatureData: [signer] });
  return `${signatures}${letter}`;
}

const check = (mail: MailToCheck, zone: Zone = rejecting) => checkSender(mail, resolveFrom(zone));

describe('the check of a sender', () => {
  it('verifies a mail from a server that the domain names', async () => {
    expect(await check(mailOf(LETTER))).toMatchObject({
      verdict: 'verified',
      spf: 'pass',
      dkim: 'none',
      dmarc: 'pass',
      domain: 'shop.example',
    });
  });

  it('verifies a signed mail whichever way it came', async () => {
    const found = await check(mailOf(await signed(), elsewhere));
    expect(found).toMatchObject({ verdict: 'verified', spf: 'fail', dkim: 'pass', dmarc: 'pass' });
    const relayed = mailOf(await signed(), { remoteAddress: '127.0.0.1', helo: 'relay' });
    expect(await check(relayed)).toMatchObject({ verdict: 'verified', spf: 'none', dmarc: 'pass' });
  });

  it('fails a forged mail, and the wish of the domain is a reason to park it', async () => {
    const found = await check(mailOf(LETTER, elsewhere));
    expect(found).toMatchObject({ verdict: 'failed', dmarc: 'fail', policy: 'reject' });
    expect(reasonToDoubt(found)).toContain('shop.example');
  });

  it.each(['reject', 'quarantine'] as const)('parks for the policy %s', async (policy) => {
    const zone = { ...rejecting, 'TXT _dmarc.shop.example': [[`v=DMARC1; p=${policy}`]] };
    expect(reasonToDoubt(await check(mailOf(LETTER, elsewhere), zone))).toMatch(/DMARC failed/);
  });

  it('parks nothing for the policy none or without one', async () => {
    const none = { ...rejecting, 'TXT _dmarc.shop.example': [['v=DMARC1; p=none']] };
    const found = await check(mailOf(LETTER, elsewhere), none);
    expect(found.verdict).toBe('failed');
    expect(reasonToDoubt(found)).toBeNull();
    expect(await check(mailOf(LETTER, elsewhere), {})).toMatchObject({ verdict: 'none' });
  });

  it('fails a mail whose body was changed on its way', async () => {
    const changed = `${await signed()}Send the money elsewhere\r\n`;
    expect(await check(mailOf(changed, elsewhere))).toMatchObject({
      verdict: 'failed',
      dkim: 'neutral',
      dmarc: 'fail',
    });
  });

  it('is not taken in by a second author', async () => {
    const two = await signed(`From: bo@evil.example\r\n${LETTER}`, 'evil.example');
    const zone = { ...rejecting, 'TXT k1._domainkey.evil.example': [[keys.record]] };
    expect(await check(mailOf(two, elsewhere), zone)).toMatchObject({ verdict: 'failed' });
  });

  it('does not judge what a relay of ours brought by the address of the relay', async () => {
    const found = await check(mailOf(LETTER, { remoteAddress: '10.0.0.5', helo: 'relay' }));
    expect(found).toMatchObject({ verdict: 'none', spf: 'none', dmarc: 'none' });
    const byLmtp = await check(mailOf(LETTER, { ...elsewhere, helo: null }));
    expect(reasonToDoubt(byLmtp)).toBeNull();
  });
});

describe('the check of a sender when name servers fail', () => {
  it('ends within two seconds as temperror, and parks nothing', async () => {
    const begun = Date.now();
    const found = await checkSender(mailOf(await signed()), silence);
    expect(Date.now() - begun).toBeLessThan(2_100);
    expect(found).toMatchObject({ verdict: 'temperror' });
    expect(reasonToDoubt(found)).toBeNull();
  });

  it('does not fail a mail when the one answer is missing that might have saved it', async () => {
    const known = resolveFrom(rejecting);
    const keyless: Resolve = (name, type) =>
      name.includes('_domainkey')
        ? Promise.reject(Object.assign(new Error('refused'), { code: 'EREFUSED' }))
        : known(name, type);
    const found = await checkSender(mailOf(await signed(), elsewhere), keyless);
    expect(found).toMatchObject({ verdict: 'temperror', dmarc: 'temperror' });
  });
});

describe('the check of a sender of a mail made to be slow', () => {
  const many = (line: string, times: number) => `${line.repeat(times)}${LETTER}`;
  const hollow =
    'DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=k1; h=from; bh=YQ==; b=YQ==\r\n';
  it.each([
    ['a megabyte of folded lines', `X: a\r\n${' abc\r\n'.repeat(160_000)}${LETTER}`],
    ['60,000 fields', many('X-Y: abc def\r\n', 60_000)],
    ['1,000 signatures', many(hollow, 1_000)],
    ['an endless author', `From: ${'('.repeat(60_000)}\r\n\r\n`],
  ])('is over soon for %s, and still knows a forged one', async (_what, raw) => {
    const begun = Date.now();
    const found = await check(mailOf(raw, elsewhere));
    expect(Date.now() - begun).toBeLessThan(1_500);
    expect(found.dmarc).toBe('fail');
  });
});

describe('the check of a sender whose own names do not answer', () => {
  const known = resolveFrom({
    ...rejecting,
    'TXT slow.example': [['v=spf1 include:a.slow.example include:b.slow.example -all']],
  });
  const failing: Resolve = (name, type) =>
    name.endsWith('evil.example')
      ? Promise.reject(Object.assign(new Error('failed'), { code: 'ESERVFAIL' }))
      : known(name, type);
  const holes: Resolve = (name, type) =>
    /(?:hole|[ab]\.slow)\.example$/.test(name) ? silence(name, type) : known(name, type);
  const forged = (said: Partial<MailToCheck>, raw = LETTER) =>
    mailOf(raw, { ...elsewhere, ...said });

  it('still fails it for an author whose domain did answer', async () => {
    const byPath = forged({ envelopeFrom: 'x@evil.example' });
    const found = await checkSender(byPath, failing);
    expect(found).toMatchObject({ verdict: 'failed', spf: 'temperror', dmarc: 'fail' });
    expect(reasonToDoubt(found)).toContain('shop.example');
    const bySignature = forged({}, await signed(LETTER, 'evil.example'));
    const other = await checkSender(bySignature, failing);
    expect(other).toMatchObject({ verdict: 'failed', dkim: 'temperror', dmarc: 'fail' });
  });

  it.each([
    ['of its return path', 'x@hole.example'],
    ['that its SPF record includes', 'x@slow.example'],
  ])('cannot use up the time with names %s', async (_what, envelopeFrom) => {
    const begun = Date.now();
    const found = await checkSender(forged({ envelopeFrom }), holes);
    expect(Date.now() - begun).toBeLessThan(2_100);
    expect(found).toMatchObject({ verdict: 'failed', dmarc: 'fail' });
  });

  it('cannot use up the time before the key of the author is asked for', async () => {
    const raw = await signed(await signed(), 'hole.example');
    const found = await checkSender(forged({ envelopeFrom: 'x@hole.example' }, raw), holes);
    expect(found).toMatchObject({ verdict: 'verified', dkim: 'pass', dmarc: 'pass' });
    const keyless = (await signed()).replace('s=k1', 's=k9');
    const forgedKey = await checkSender(forged({}, await signed(keyless, 'hole.example')), holes);
    expect(forgedKey).toMatchObject({ verdict: 'failed', dmarc: 'fail' });
  });

  it('counts a name that no server can be asked about as one that is not there', async () => {
    const tooLong: Resolve = (name, type) =>
      name.split('.').some((label) => label.length > 63)
        ? Promise.reject(Object.assign(new Error('bad name'), { code: 'EBADNAME' }))
        : known(name, type);
    const raw = (await signed()).replace('s=k1', `s=${'k'.repeat(70)}`);
    const found = await checkSender(forged({}, raw), tooLong);
    expect(found).toMatchObject({ verdict: 'failed', dmarc: 'fail' });
  });

  it('does not fail a mail whose author’s own SPF might have passed', async () => {
    const noSpf: Resolve = (name, type) =>
      name === 'news.shop.example' ? silence(name, type) : known(name, type);
    const mail = mailOf(LETTER, { envelopeFrom: 'x@news.shop.example' });
    expect(await checkSender(mail, noSpf)).toMatchObject({ dmarc: 'temperror' });
  });
});
