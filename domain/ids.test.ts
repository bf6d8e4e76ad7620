import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskMessageId, reminderId, sendAttemptId, shortHash, ticketWorkflowId } from './ids.ts';

/** FNV-1a with 64 bits as its authors write it, over the 16-bit units of the text. */
function referenceHash(text: string): string {
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= BigInt(text.charCodeAt(index));
    hash = (hash * prime) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, '0');
}

describe('the short hash', () => {
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('of "%s" is the published one', (text, hash) => {
    expect(shortHash(text)).toBe(hash);
  });

  it('is FNV-1a of 64 bits for every text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(shortHash(text)).toBe(referenceHash(text));
      }),
    );
  });

  it('is the same length for half a surrogate pair too', () => {
    expect(shortHash('\ud800')).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the workflow id', () => {
  const slug = fc.stringMatching(/^[a-z0-9]+(-[a-z0-9]+){0,3}$/);
  const number = fc.integer({ min: 1, max: 999_999_999 });

  it('names company and number, as people type it', () => {
    expect(ticketWorkflowId('acme', 12)).toBe('ticket-acme-12');
  });

  it('is that of one ticket only, also where companies end in numbers', () => {
    const ticket = fc.tuple(slug, number);
    fc.assert(
      fc.property(ticket, ticket, ([one, first], [other, second]) => {
        const isSame = one === other && first === second;
        expect(ticketWorkflowId(one, first) === ticketWorkflowId(other, second)).toBe(isSame);
      }),
    );
    expect(ticketWorkflowId('acme-1', 2)).not.toBe(ticketWorkflowId('acme', 12));
  });
});

describe('derived ids', () => {
  it('tell apart what they derive from', () => {
    const ids = new Set<string>();
    for (const ticket of [1, 11]) {
      for (const seq of [1, 11, 111]) {
        ids.add(deskMessageId(ticket, seq, 'summary'));
        ids.add(deskMessageId(ticket, seq, 'acknowledgement'));
        ids.add(reminderId(ticket, seq, 'bo'));
        ids.add(reminderId(ticket, seq, 'ada'));
      }
    }
    expect(ids.size).toBe(2 * 3 * 4);
    expect(sendAttemptId('message-1', 2)).toBe('send-message-1-2');
  });
});
