import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuMsOf } from './testing/cpu-time.ts';
import {
  makeTicketToken,
  readTicketToken,
  splitTokenAddress,
  tokenAddress,
  withoutTicketTokens,
} from './token.ts';

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

describe('a text without ticket tokens', () => {
  const clean = (text: string) => withoutTicketTokens('secret', 'acme', text);
  const foreign = makeTicketToken('other', 'acme', 1042);

  it('names the mailbox wherever it named a ticket, also in links and side by side', () => {
    const address = tokenAddress('support+eu@acme.test', token);
    const escaped = encodeURIComponent(address);
    expect(clean(`<${address}>, ${address.toUpperCase()}.`)).toBe(
      '<support+eu@acme.test>, SUPPORT+EU@ACME.TEST.',
    );
    expect(clean(`<a href="mailto:${escaped}?cc=${address},${address}">`)).toBe(
      '<a href="mailto:support%2Beu%40acme.test?cc=support+eu@acme.test,support+eu@acme.test">',
    );
  });

  it('keeps what is no token of ours, and what is no address', () => {
    for (const text of [
      `a+${foreign}@b.test`,
      `a +${token}@b.test`,
      `a+${token}`,
      `a+${token}@ b`,
    ]) {
      expect(clean(text)).toBe(text);
    }
  });

  const BOMBS: { [title: string]: string } = {
    'letters without a space': 'a'.repeat(1_000_000),
    'half a token after the other': 'a+1b'.repeat(250_000),
    'a token that never ends': `a+1${'b'.repeat(1_000_000)}`,
    'tokens of nobody': `a+${foreign}@`.repeat(1_000),
    'escaped signs': '%2B1%40'.repeat(140_000),
  };
  it.each(Object.keys(BOMBS))('is made in bounded time of %s', async (title) => {
    const text = BOMBS[title] ?? '';
    let made = '';
    expect(await cpuMsOf(() => (made = clean(text)))).toBeLessThan(500);
    expect(made).toBe(text);
  });
});
