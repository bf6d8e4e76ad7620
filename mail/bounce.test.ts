import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { looksLikeReport, readBounce } from './bounce.ts';
import { readHeaders } from './headers.ts';
import { parseMail } from './parse.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../tests/fixtures/mail/${name}.eml`, import.meta.url));

async function bounceOf(raw: Buffer, from: string | null = '') {
  const parsed = await parseMail(raw);
  return readBounce(parsed, parsed.headers, { from });
}

describe('a delivery report', () => {
  it.each([
    ['postfix', 'failed', '5.1.1', /^550 5\.1\.1 .*User unknown$/],
    ['exchange', 'failed', '5.2.2', /mailbox full/],
    ['several-recipients', 'failed', '5.7.1', /refused by policy/],
    ['exim', 'failed', '5.1.1', /No such user here/],
    ['qmail', 'failed', '5.1.1', /no mailbox here/],
    ['sendmail-old', 'failed', '5.3.0', /User unknown/],
    ['delayed', 'delayed', '4.4.1', /^$/],
    ['delayed-exim', 'delayed', null, /^$/],
    ['gmail', 'failed', '5.1.1', /^550 5\.1\.1 The email account .* does not exist\.$/],
    ['exchange-plain', 'failed', '5.1.1', /#5\.1\.1/],
    ['exchange-365', 'failed', '5.4.1', /^550 5\.4\.1 Recipient address rejected/],
    ['lotus', 'failed', null, /^User bo .* not listed in Domino Directory$/],
    ['postfix-no-status', 'failed', '5.1.1', /said: 550 5\.1\.1/],
    ['kundenserver', 'failed', '5.1.1', /reason: 550 5\.1\.1 mailbox unavailable$/],
    ['yahoo', 'failed', null, /^554: delivery error/],
    ['global', 'failed', '5.6.7', /^553 5\.6\.7 Größe nicht unterstützt$/],
    ['german', 'failed', '5.1.1', /RecipNotFound/],
    ['x-failed-recipients', 'delayed', null, /^$/],
    ['status-folded', 'failed', '5.2.2', /^552 5\.2\.2 Quota exceeded$/],
  ])('of %s is understood', async (name, action, status, diagnostic) => {
    const bounce = await bounceOf(fixture(`bounce-${name}`));
    expect(bounce).toMatchObject({
      action,
      status,
      recipient: 'bo@customer.example',
      originalMessageId: 'ours-1@acme.test',
    });
    expect(bounce?.diagnostic).toMatch(diagnostic);
  });

  it('is known by its headers before its body is parsed', () => {
    const report = (name: string) => looksLikeReport(readHeaders(fixture(name)), { from: '' });
    for (const name of [
      ...['postfix', 'exim', 'qmail', 'delayed-exim', 'sendmail-old', 'gmail', 'lotus', 'yahoo'],
      ...['exchange-plain', 'exchange-365', 'postfix-no-status', 'kundenserver', 'german'],
    ]) {
      expect(report(`bounce-${name}`), name).toBe(true);
    }
    expect(report('automatic-outlook')).toBe(false);
    expect(report('automatic-read-receipt')).toBe(false);
    expect(report('quote-gmail-en')).toBe(false);
  });

  it('is no mail of a person about one', async () => {
    const raw = Buffer.from(
      'From: bo@b.example\r\nSubject: Undelivered mail\r\n\r\n550 5.1.1 help',
    );
    expect(await bounceOf(raw, 'bo@b.example')).toBeNull();
  });

  it('is read in bounded time and never throws', async () => {
    const head = 'From: mailer-daemon@b.example\r\nSubject: failure notice\r\n';
    const status = 'Content-Type: message/delivery-status\r\n\r\n';
    const report = 'Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n';
    for (const body of [
      `\r\n${'a@'.repeat(500_000)}`,
      `\r\n${'a.'.repeat(500_000)}@b`,
      `${report}${status}${'Action: failed\r\n\r\n'.repeat(50_000)}`,
      `${report}${status}Final-Recipient: ${';'.repeat(100_000)}`,
      `${report}${status}\0\0\0`,
      report,
    ]) {
      const before = performance.now();
      expect(await bounceOf(Buffer.from(head + body))).not.toBeNull();
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});
