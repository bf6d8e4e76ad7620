import { describe, expect, it } from 'vitest';
import { messageEntry } from '../../../tests/message-entry.ts';
import type { EventEntry, MessageEntry } from '../api/types.ts';
import { english, swedish } from '../../../tests/speech.ts';
import { backSince } from './back-from-callback.ts';
import { blocksOf, firstUnread, foldMiddle } from './blocks.ts';
import { eventWords, type Telling } from './event-words.ts';

const now = new Date(2026, 10, 24, 11, 14).getTime();
const telling: Telling = {
  say: english,
  agent: (agent) => (agent.id === 'bo' ? 'You' : (agent.name ?? 'Somebody')),
  toAgent: (agent) => (agent.id === 'bo' ? 'you' : (agent.name ?? 'somebody')),
  team: (team) => team.name ?? 'another team',
  recipients: (id) => (id === 'failed' ? 'accounts@hughes-studio.test' : null),
  customer: 'Eleanor',
  now,
};
const noMarks = { since: null, unread: null };

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

  it('names whom a mail went to again', () => {
    expect(told(event('resent', { message: 'failed' }))).toBe(
      'You sent the mail again, to accounts@hughes-studio.test',
    );
    expect(told(event('resent', { message: 'other' }))).toBe('You sent the mail again');
  });

  it('is told in Swedish, with the other as the one it is done to', () => {
    const words = eventWords(event('assigned', { agent: { id: 'bo' } }, 'anna'), {
      ...telling,
      agent: () => 'Anna',
      toAgent: () => 'dig',
      say: swedish,
    });
    expect(`${words?.who} ${words?.text}`).toBe('Anna gav ärendet till dig');
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
      noMarks,
    );
    expect(blocks.map((block) => block.kind)).toEqual(['day', 'message', 'events']);
  });

  it('marks once what came after the agent began to write', () => {
    const blocks = blocksOf([message('1'), message('2'), message('3')], telling, {
      since: '1',
      unread: null,
    });
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
      blocksOf([message('1', 'acknowledgement', state)], telling, noMarks).map(
        (block) => block.kind,
      );
    expect(kinds('sent')).toEqual(['day', 'events']);
    expect(kinds('bounced')).toEqual(['day', 'message']);
  });

  it('marks the first thing of others that was not read, but not on a first look', () => {
    const entries = [message('1'), message('2', 'reply', 'sent'), message('3')];
    expect(firstUnread(entries, 2, 'bo')).toBe('3');
    expect(firstUnread(entries, 3, 'bo')).toBeNull();
    expect(firstUnread(entries, 0, 'bo')).toBeNull();
    const marked = blocksOf(entries, telling, { since: null, unread: '3' });
    expect(marked.map((block) => block.kind)).toEqual([
      'day',
      'message',
      'message',
      'unread',
      'message',
    ]);
  });

  it('makes one line of refused commands that follow each other', () => {
    const [, run] = blocksOf(
      [
        { ...event('rejected', { reason: 'no agent' }), id: '1' },
        { ...event('rejected', { reason: 'no date' }), id: '2' },
        { ...event('claimed'), id: '3' },
      ],
      telling,
      noMarks,
    );
    const lines = run?.kind === 'events' ? run.events : [];
    expect(lines.map((line) => line.words.text)).toEqual([
      '2 commands were refused',
      'claimed the ticket',
    ]);
    expect(lines[0]?.refused?.map((one) => one.words.text)).toEqual([
      'A command was refused: no agent',
      'A command was refused: no date',
    ]);
  });

  it('folds the middle of a long one, and never what is unread', () => {
    const entries = Array.from({ length: 200 }, (_, index) => message(String(index + 1)));
    const blocks = blocksOf(entries, telling, noMarks);
    const folded = foldMiddle(blocks, false);
    expect([folded.first.length, folded.hidden, folded.last.length]).toEqual([2, 174, 25]);
    expect(foldMiddle(blocks, true).last).toHaveLength(201);
    const unread = blocksOf(entries, telling, { since: null, unread: '100' });
    expect(foldMiddle(unread, false).last[0]?.kind).toBe('unread');
  });
});

describe('a ticket that its callback brought back', () => {
  const came = event('resumed', { why: 'callback' });

  it('is marked until somebody answers, pends or solves', () => {
    expect(backSince([event('pended'), came])).toBe(came.at);
    expect(backSince([came, message('1', 'customer')])).toBe(came.at);
    expect(backSince([came, message('1', 'reply', 'sent')])).toBeNull();
    expect(backSince([came, event('pended')])).toBeNull();
    expect(backSince([event('resumed', { why: 'customer' })])).toBeNull();
  });
});
