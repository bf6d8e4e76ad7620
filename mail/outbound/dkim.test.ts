import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { dkimVerify } from 'mailauth';
import { describe, expect, it } from 'vitest';
import { composeMail } from '../compose.ts';
import { resolveFrom } from '../testing/zone.ts';
import { dnsRecordOf, makeSigningKeys, problemOfRecord, signMail } from './dkim.ts';

const pair = await makeSigningKeys();
const key = { domain: 'acme.test', selector: 'pk1', ...pair };
const record = dnsRecordOf(key);
const published = {
  [`TXT ${record.name}`]: [[record.value.slice(0, 200), record.value.slice(200)]],
};

async function letter(text: string, bytes = 300_000): Promise<Buffer> {
  return composeMail({
    from: { name: 'Acme – Hilfe', address: 'support@acme.test' },
    to: ['eleanor@brightmail.test'],
    subject: 'Grüße aus dem Süden',
    messageId: 'm1@acme.test',
    date: new Date('2026-11-23T10:00:00Z'),
    references: ['a@brightmail.test', 'b@brightmail.test'],
    text,
    html: `<p>${text}</p>`,
    attachments: [
      {
        filename: 'a.bin',
        contentType: 'application/octet-stream',
        content: Buffer.alloc(bytes, 7),
      },
    ],
  });
}

async function signed(raw: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'postkeep-dkim-'));
  try {
    return Buffer.concat(await signMail(Readable.from([raw]), key, folder).toArray());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function verify(raw: Buffer): Promise<string | undefined> {
  const answers = resolveFrom(published);
  const resolver = async (name: string, type: string): Promise<string[][]> => {
    const answer = await answers(name, type);
    return Array.isArray(answer) ? answer : [];
  };
  const { results } = await dkimVerify(raw, { resolver });
  return results[0]?.status.result;
}

describe('a signature on outgoing mail', () => {
  it.each(['Hello', '.\r\n..dots\r\n\r\n\r\n', 'ünïcödé 你好 '.repeat(500)])(
    'verifies with the published key: %#',
    async (text) => {
      const raw = await signed(await letter(text));
      expect(raw.toString('latin1', 0, 15)).toBe('DKIM-Signature:');
      expect(await verify(raw)).toBe('pass');
    },
  );

  it('verifies on a mail that is too large to be signed in memory', async () => {
    expect(await verify(await signed(await letter('Hello', 3_000_000)))).toBe('pass');
  });

  it('does not verify once a word was changed', async () => {
    const raw = await signed(await letter('Pay 10 crowns'));
    const changed = Buffer.from(raw.toString('latin1').replace('Pay 10', 'Pay 99'), 'latin1');
    expect(await verify(changed)).not.toBe('pass');
  });
});

describe('the check of the published record', () => {
  it('finds it in pieces, as long records are kept', async () => {
    expect(await problemOfRecord(key, resolveFrom(published))).toBeNull();
  });

  it('says what is wrong with it', async () => {
    expect(await problemOfRecord(key, resolveFrom({}))).toMatch(/no TXT record at pk1\._domainkey/);
    const other = { [`TXT ${record.name}`]: [['v=DKIM1; p=AAAA']] };
    expect(await problemOfRecord(key, resolveFrom(other))).toMatch(/another key/);
    const dead = () => Promise.reject(Object.assign(new Error('x'), { code: 'ETIMEOUT' }));
    expect(await problemOfRecord(key, dead)).toMatch(/did not answer .*ETIMEOUT/);
  });
});
