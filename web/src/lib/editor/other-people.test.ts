import { describe, expect, it } from 'vitest';
import { messageEntry } from '../../../tests/message-entry.ts';
import type { MessageEntry } from '../api/types.ts';
import { otherPeople } from './other-people.ts';

const customer = { id: 'c', name: 'Eleanor', email: 'e@x.test', addresses: ['eleanor@home.test'] };
const mailboxes = ['support@acme.test'];

function mail(to: string[], cc: string[], change: Partial<MessageEntry> = {}): MessageEntry {
  return messageEntry({ to, cc, ...change });
}

describe('the other people of a mail', () => {
  it('are all in To and Cc but the customer and our mailboxes, each once', () => {
    const newest = mail(
      ['Support@acme.test', 'bob@x.test', 'Eleanor@home.test'],
      ['eve@x.test', 'BOB@x.test', 'e@x.test'],
    );
    expect(otherPeople([newest], customer, mailboxes)).toEqual(['bob@x.test', 'eve@x.test']);
  });

  it('do not hold the address of a ticket', () => {
    const newest = mail(['support+7abcdefgh@acme.test'], ['bob+lists@x.test']);
    expect(otherPeople([newest], customer, mailboxes)).toEqual(['bob+lists@x.test']);
  });

  it('are those of the newest mail that the customer wrote', () => {
    const old = mail(['bob@x.test'], []);
    const newest = mail(['support@acme.test'], ['eve@x.test']);
    const ours = mail(['e@x.test'], ['ann@x.test'], { direction: 'out' });
    const machine = mail(['robot@x.test'], [], { automatic: true });
    const found = otherPeople([old, newest, ours, machine], customer, mailboxes);
    expect(found).toEqual(['eve@x.test']);
    expect(otherPeople([ours], customer, mailboxes)).toEqual([]);
  });
});
