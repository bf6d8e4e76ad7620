import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeTicketToken, readTicketToken, splitTokenAddress, tokenAddress } from './token.ts';

const token = makeTicketToken('secret', 'acme', 1042);

describe('a ticket token', () => {
  it('names its ticket, whatever a server does to its case', () => {
    expect(token).toMatch(/^1042[a-z2-7]{16}$/);
    expect(readTicketToken('secret', 'acme', token)).toBe(1042);
    expect(readTicketToken('secret', 'acme', token.toUpperCase())).toBe(1042);
    expect(makeTicketToken('secret', 'acme', 1042)).toBe(token);
  });

  it('is worth nothing for another number, company or secret', () => {
    expect(readTicketToken('secret', 'acme', token.replace('1042', '1043'))).toBeNull();
    expect(readTicketToken('secret', 'other', token)).toBeNull();
    expect(readTicketToken('other', 'acme', token)).toBeNull();
    for (const text of [
      '',
      '1042',
      token.slice(0, -1),
      `0${token}`,
      `${token}a`,
      'a'.repeat(1e5),
    ]) {
      expect(readTicketToken('secret', 'acme', text)).toBeNull();
    }
  });

  it('comes back from the address it was put in', () => {
    expect(tokenAddress('support@acme.test', token)).toBe(`support+${token}@acme.test`);
    for (const mailbox of ['support@acme.test', 'support+eu@acme.test']) {
      expect(splitTokenAddress(tokenAddress(mailbox, token))).toEqual({ address: mailbox, token });
    }
    expect(splitTokenAddress(`Support+${token.toUpperCase()}@ACME.test`)?.token).toBe(token);
    expect(splitTokenAddress('support@acme.test')).toBeNull();
    expect(splitTokenAddress('+x@acme.test')).toBeNull();
  });

  it('is read back for every number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999_999_999 }),
        fc.string(),
        (number, company) => {
          expect(readTicketToken('s', company, makeTicketToken('s', company, number))).toBe(number);
        },
      ),
      { numRuns: 200 },
    );
  });
});
