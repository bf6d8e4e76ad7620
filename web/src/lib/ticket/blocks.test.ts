import { describe, expect, it } from 'vitest';
import { messageEntry } from '../../../tests/message-entry.ts';
import type { EventEntry, MessageEntry } from '../api/types.ts';
import { english } from '../../../tests/speech.ts';
import { blocksOf } from './blocks.ts';
import { eventWords, type Telling } from './event-words.ts';

const now = new Date(2026, 10, 24, 11, 14).getTime();
const telling: Telling = {
  say: english,
  agent: (agent) => (agent.id === 'bo' ? 'You' : (agent.name ?? 'Somebody')),
  team: (team) => team.name ?? 'another team',
  customer: 'Eleanor',
  now,
};

function event(type: string, data: Record<string, unknown> = {}, by = 'bo'): EventEntry {
  const at = new Date(2026, 10, 24, 9, 0).toISOString();
  return { id: type, kind: 'event', at, by: { kind: 'agent', id: by, name: 'Bo' }, type, data };
}

function message(id: string, kind = 'customer', state: MessageEntry['state'] = 'received') {
  return messageEntry({
    id,
    at: new Date(2026, 10, 24, 10, 0).toISOString(),
    message: id,
    messageKind: kind,
    direction: kind === 'customer' ? 'in' : 'out',
    state,
  });
}

describe('history in words', () => {
  const told = (entry: EventEntry) => {
    const words = eventWords(entry, telling);
    return words && `${words.who} ${words.text}`.trim();
  };

  it('names who did what, with dates and reasons', () => {
    expect(told(event('claimed', { from: null }))).toBe('You claimed the ticket');
    expect(told(event('assigned', { agent: { id: 'anna', name: 'Anna' } }))).toBe(
      'You assigned it to Anna',
    );
    const until = new Date(2026, 10, 27, 9, 0).toISOString();
    expect(told(event('pended', { until, reason: 'waiting for the supplier' }))).toBe(
      'You set it to pending until Fri 27 Nov, 09:00: waiting for the supplier',
    );
    expect(told(event('resumed', { why: 'callback' }))).toBe(
      'Returned to Open by the callback date',
    );
    expect(told(event('solved', { solver: 'agent', summary: true, summarySkipped: null }))).toBe(
      'You solved it and sent a summary',
    );
    const asked = { solver: 'agent', agent: { id: 'bo' }, summary: false, summarySkipped: null };
    const byTimer = { ...event('solved', asked), by: { kind: 'timer' } };
    expect(told(byTimer)).toBe('You solved it, no summary');
    expect(told(event('solved', { solver: 'auto', summary: false }))).toBe(
      'Solved by the auto-solve date',
    );
  });

  it('says nothing of steps that the mail itself shows', () => {
    expect(told(event('delivery', { outcome: 'failed' }))).toBeNull();
  });
});

describe('the conversation', () => {
  it('puts quiet history between mails into one run', () => {
    const blocks = blocksOf(
      [message('1'), event('claimed'), event('labelled', { label: { name: 'damaged' } })],
      telling,
      null,
    );
    expect(blocks.map((block) => block.kind)).toEqual(['day', 'message', 'events']);
  });

  it('marks once what came after the agent began to write', () => {
    const blocks = blocksOf([message('1'), message('2'), message('3')], telling, '1');
    expect(blocks.map((block) => block.kind)).toEqual([
      'day',
      'message',
      'since',
      'message',
      'message',
    ]);
  });

  it('tells of an acknowledgement in a line, unless it needs a person', () => {
    const kinds = (state: MessageEntry['state']) =>
      blocksOf([message('1', 'acknowledgement', state)], telling, null).map((block) => block.kind);
    expect(kinds('sent')).toEqual(['day', 'events']);
    expect(kinds('bounced')).toEqual(['day', 'message']);
  });
});
