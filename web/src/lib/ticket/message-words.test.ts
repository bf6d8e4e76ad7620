import { describe, expect, it } from 'vitest';
import { messageEntry } from '../../../tests/message-entry.ts';
import type { MessageEntry } from '../api/types.ts';
import { english, swedish } from '../../../tests/speech.ts';
import { deliveryWords, isLeaving } from './message-words.ts';

const now = Date.UTC(2026, 10, 24, 11, 14);

function waiting(sendAt: number): MessageEntry {
  return messageEntry({
    at: new Date(sendAt - 5000).toISOString(),
    by: { kind: 'agent' },
    messageKind: 'reply',
    direction: 'out',
    state: 'scheduled',
    from: { name: 'Anna', email: 'support@acme.test' },
    sendAt: new Date(sendAt).toISOString(),
  });
}

describe('a mail that waits', () => {
  it('leaves in a few seconds while it can be taken back', () => {
    expect(deliveryWords(waiting(now + 1), 'Eleanor', now, english).title).toBe(
      'Leaves in a few seconds',
    );
    expect(isLeaving(waiting(now + 1), now)).toBe(false);
  });

  it('is leaving once its time has passed, even while nobody sends it', () => {
    expect(deliveryWords(waiting(now), 'Eleanor', now, english).title).toBe('Leaving…');
    expect(isLeaving(waiting(now), now)).toBe(true);
    expect(isLeaving({ ...waiting(now), state: 'sent' }, now)).toBe(false);
  });
});

describe('a mail that left', () => {
  const sent = {
    ...waiting(now),
    state: 'sent' as const,
    sentAt: new Date(2026, 10, 24, 16, 52).toISOString(),
  };

  it('names the server that took it, when there is one', () => {
    expect(deliveryWords({ ...sent, to: ['e@x.test'] }, 'Eleanor', now, english).title).toBe(
      'Sent 16:52. The server at x.test took it.',
    );
    const both = { ...sent, to: ['e@x.test'], cc: ['t@y.test'] };
    expect(deliveryWords(both, 'Eleanor', now, swedish).title).toBe('Skickat 16:52');
  });
});
