import { describe, expect, it } from 'vitest';
import { makeLinkToken, readLinkToken } from './link-token.ts';

const LINK = { company: 'acme', number: 12, expires: Date.parse('2030-01-02T03:04:05Z') };
const token = makeLinkToken('secret', 'rate', LINK);

describe('a link in a mail to a customer', () => {
  it('says what it was made for, with each of the secrets that are known', () => {
    expect(readLinkToken(['newer', 'secret'], 'rate', token)).toEqual(LINK);
    const odd = { ...LINK, company: 'å-b/c d' };
    const made = makeLinkToken('secret', 'ticket', odd);
    expect(readLinkToken(['secret'], 'ticket', made)).toEqual(odd);
  });

  it('is nothing for another purpose, secret, ticket, company or end', () => {
    expect(readLinkToken(['secret'], 'ticket', token)).toBeNull();
    expect(readLinkToken(['other'], 'rate', token)).toBeNull();
    const [number = '', end = '', mac = '', company = ''] = token.split('-');
    for (const forged of [
      ['13', end, mac, company],
      [number, `${end.slice(0, -1)}z`, mac, company],
      [number, end, mac.replace(/./, (digit) => (digit === '0' ? '1' : '0')), company],
      [number, end, mac, 'globex'],
      [number, end, '', company],
      [number, end, mac],
    ]) {
      expect(readLinkToken(['secret'], 'rate', forged.join('-'))).toBeNull();
    }
  });

  it('has nothing that a mail program cuts off or that has to be escaped', () => {
    expect(token).toMatch(/^[a-z0-9-]+[a-z0-9]$/);
  });
});
