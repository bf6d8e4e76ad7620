import { describe, expect, it } from 'vitest';
import { english } from '../../../tests/speech.ts';
import { ledgerPath, readLedgerQuery, reasonSentence } from './ledger-words.ts';

describe('the address of the ledger', () => {
  it('holds what the list is narrowed to', () => {
    const path = ledgerPath({ outcome: 'new_ticket', q: 'lamp & shade' });
    expect(path).toBe('/all-mail?outcome=new_ticket&q=lamp+%26+shade');
    const { searchParams } = new URL(path, 'http://desk.test');
    expect(readLedgerQuery(searchParams)).toEqual({ outcome: 'new_ticket', q: 'lamp & shade' });
    expect(ledgerPath({ outcome: '', q: '' })).toBe('/all-mail');
  });

  it('shows every mail when it names an outcome that there is not', () => {
    expect(readLedgerQuery(new URLSearchParams('outcome=lost'))).toEqual({ outcome: '', q: '' });
  });
});

describe('the reason of an outcome', () => {
  it('is a sentence', () => {
    const of = (outcome: 'added' | 'duplicate' | 'pending', reason: string) =>
      reasonSentence({ outcome, reason }, english);
    expect(of('added', 'it answers a mail of the ticket')).toBe('It answers a mail of the ticket.');
    expect(of('added', 'Its text is cut.')).toBe('Its text is cut.');
    expect(of('duplicate', 'the same mail as 0192')).toBe('The same mail had come in before.');
    expect(of('pending', '')).toBe('It has only just come in.');
  });
});
