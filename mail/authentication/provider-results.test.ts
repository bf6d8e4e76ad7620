import { describe, expect, it } from 'vitest';
import { reasonToDoubt } from '../../domain/authentication.ts';
import { readHeaders } from '../headers.ts';
import { readProviderResults } from './provider-results.ts';
import type { TrustedServer } from './provider-results.ts';

const gmail: TrustedServer = { authservId: null, host: 'imap.gmail.com' };
const microsoft = { authservId: null, host: 'outlook.office365.com' };

function read(fields: string[], trusted = gmail, from = 'bo@shop.example') {
  const raw = [...fields, `From: ${from}`, '', 'Hi'].join('\r\n');
  return readProviderResults(readHeaders(Buffer.from(raw)), from, trusted);
}

const passed =
  'Authentication-Results: mx.google.com;\r\n dkim=pass header.i=@shop.example header.s=k1;\r\n' +
  ' spf=pass (google.com: domain of bo@shop.example designates 203.0.113.7 as permitted sender)' +
  ' smtp.mailfrom=bo@shop.example;\r\n dmarc=pass (p=REJECT sp=REJECT dis=NONE)' +
  ' header.from=shop.example';
const failed = passed.replace('dmarc=pass', 'dmarc=fail');

describe('the results of the mailbox provider', () => {
  it('verify a sender in the words of Google and of Microsoft', () => {
    expect(read([passed])).toMatchObject({
      verdict: 'verified',
      dmarc: 'pass',
      checkedBy: 'mx.google.com',
    });
    const theirs =
      'Authentication-Results: spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=shop.example;' +
      ' dkim=pass (signature was verified) header.d=shop.example;dmarc=pass action=none' +
      ' header.from=shop.example;compauth=pass reason=100';
    expect(read([theirs], microsoft)).toMatchObject({ verdict: 'verified', spf: 'pass' });
  });

  it('are a reason to park when the domain asks for it', () => {
    expect(reasonToDoubt(read([failed]))).toMatch(/shop\.example/);
  });

  it('count only when they stand on top and are the provider’s', () => {
    const forged = passed.replace('mx.google.com', 'mx.evil.example');
    expect(read([forged]).verdict).toBe('none');
    expect(read([forged, passed]).verdict).toBe('none');
    expect(read([failed, passed]).verdict).toBe('failed');
    expect(read([passed], { authservId: null, host: 'imap.own.example' }).verdict).toBe('none');
  });

  it('count for the server that the mailbox names, and then for no other', () => {
    const own = { authservId: 'mx.own.example', host: 'imap.gmail.com' };
    expect(read([passed.replace('mx.google.com', 'mx.own.example')], own).verdict).toBe('verified');
    expect(read([passed], own).verdict).toBe('none');
  });

  it('say nothing about another author, nor from within a comment or a quotation', () => {
    expect(read([passed], gmail, 'bo@other.example').verdict).toBe('none');
    const inside =
      'Authentication-Results: mx.google.com; spf=fail (dmarc=pass) smtp.mailfrom="; dmarc=pass"';
    expect(read([inside]).dmarc).toBe('none');
  });
});
