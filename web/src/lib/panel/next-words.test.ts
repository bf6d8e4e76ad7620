import { describe, expect, it } from 'vitest';
import { messageEntry } from '../../../tests/message-entry.ts';
import { english, swedish } from '../../../tests/speech.ts';
import type { EventEntry, NextItem } from '../api/types.ts';
import { cancelledTimers } from './cancelled-timers.ts';
import { goneWords, nextWords } from './next-words.ts';

const now = new Date(2026, 10, 24, 11, 14).getTime();
const friday = new Date(2026, 10, 27, 9, 0).toISOString();
const telling = { customer: 'Eleanor', me: 'bo', now, say: english };
const inSwedish = { ...telling, say: swedish };

function item(kind: NextItem['kind'], change: Partial<NextItem> = {}): NextItem {
  return { id: kind, kind, at: friday, by: { id: 'bo', name: 'Bo' }, reason: null, ...change };
}

let entryId = 0;
function event(type: string, data: Record<string, unknown>, by: EventEntry['by']): EventEntry {
  entryId += 1;
  const at = new Date(2026, 10, 24, 11, 13).toISOString();
  return { id: String(entryId), kind: 'event', at, by, type, data };
}

const bo = { kind: 'agent', id: 'bo', name: 'Bo' };
const anna = { kind: 'agent', id: 'anna', name: 'Anna' };
const eleanor = { kind: 'customer' };

describe('what happens next', () => {
  it('says when, why and who set it', () => {
    const words = nextWords(
      item('callback', { reason: 'waiting for the supplier' }),
      null,
      telling,
    );
    expect(words.title).toBe('Returns to Open Fri 27 Nov, 09:00');
    expect(words.detail).toBe('Set by you: waiting for the supplier. At once if Eleanor writes.');
    expect(nextWords(item('autoSolve'), null, { ...inSwedish, me: 'anna' }).detail).toBe(
      'Inställt av Bo. Stryks om Eleanor skriver.',
    );
  });

  it('shows the first words of a planned mail, and what the customer’s mail does to it', () => {
    const mail = messageEntry({ text: 'Your shade is on its way' });
    const dropped = item('send', { dropIfCustomerWrites: true });
    expect(nextWords(dropped, mail, telling).detail).toBe(
      '“Your shade is on its way”, by you. Dropped if Eleanor writes.',
    );
    expect(nextWords(item('send'), mail, inSwedish).detail).toBe(
      '”Your shade is on its way”, av dig. Skickas även om Eleanor skriver.',
    );
  });
});

describe('timers that were cancelled', () => {
  const cancelled = event('autoSolveCancelled', { due: friday, why: 'customer' }, eleanor);

  it('stay with their reason, from the history', () => {
    const [timer] = cancelledTimers([cancelled], [], now);
    expect(timer && goneWords(timer, telling)).toMatchObject({
      title: 'Solves Fri 27 Nov, 09:00',
      detail: 'Cancelled 11:13, because Eleanor wrote.',
    });
    expect(timer && goneWords(timer, inSwedish).detail).toBe(
      'Struket 11:13, eftersom Eleanor skrev.',
    );
  });

  it('name who cancelled them, and remember what a callback was for', () => {
    const pended = event('pended', { until: friday, reason: 'ask the glassworks' }, bo);
    const resumed = event('resumed', { due: friday, why: 'agent' }, anna);
    const [timer] = cancelledTimers([pended, resumed], [], now);
    expect(timer?.reason).toBe('ask the glassworks');
    expect(timer && goneWords(timer, telling).detail).toBe('Cancelled 11:13 by Anna.');
  });

  it('are gone once they are set again, or their date is over', () => {
    const set = event('autoSolveSet', { due: friday }, bo);
    expect(cancelledTimers([cancelled, set], [], now)).toEqual([]);
    expect(cancelledTimers([cancelled], [item('autoSolve')], now)).toEqual([]);
    expect(cancelledTimers([cancelled], [], Date.parse(friday))).toEqual([]);
    const came = event('resumed', { due: friday, why: 'callback' }, { kind: 'timer' });
    expect(cancelledTimers([came], [], now)).toEqual([]);
  });
});
