import { expect, it } from 'vitest';
import type { SigningKey } from '../api/mailbox-types.ts';
import { english } from '../../../tests/speech.ts';
import { keyWords, signingDomains } from './signing-words.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

const key: SigningKey = {
  id: 'k',
  domain: 'acme.test',
  selector: 'pk1',
  inUse: false,
  record: { name: 'pk1._domainkey.acme.test', type: 'TXT', value: 'v=DKIM1' },
  checkedAt: null,
  problem: null,
  createdAt: '2026-11-23T09:00:00Z',
};

it('says of a signing key whether mail is signed with it, and what to do', () => {
  expect(keyWords(key, NOW, english)).toMatchObject({ word: 'Not in use yet', icon: 's-pending' });
  const checked = { ...key, checkedAt: '2026-11-23T09:58:00Z' };
  expect(keyWords({ ...checked, inUse: true }, NOW, english)).toMatchObject({
    word: 'In use',
    fact: 'Checked 2 minutes ago.',
  });
  const wrong = { ...checked, problem: 'There is no record.' };
  expect(keyWords(wrong, NOW, english)).toMatchObject({ tone: 's-failed' });
  expect(keyWords({ ...wrong, inUse: true }, NOW, english)).toMatchObject({ tone: 's-uncertain' });
});

it('has every domain that mail leaves from, also those without a key', () => {
  const older = { ...key, id: 'o', createdAt: '2026-01-01T00:00:00Z' };
  const shown = {
    displayName: null,
    team: null,
    signature: '',
    signatureHtml: null,
    plusAddresses: true,
    acknowledge: false,
    assistant: 'off' as const,
    authservId: null,
  };
  const box = { ...shown, id: 'b', name: 'Support', address: 'a@acme.test', aliases: ['b@b.test'] };
  const domains = signingDomains([box], [older, key]);
  expect(domains.map(({ domain, keys }) => [domain, keys.map(({ id }) => id)])).toEqual([
    ['acme.test', ['k', 'o']],
    ['b.test', []],
  ]);
});
