import type { MessageEntry } from '../src/lib/api/types.ts';

/** A customer's mail as the timeline gives it, but for what a test is about. */
export function messageEntry(change: Partial<MessageEntry> = {}): MessageEntry {
  return {
    id: '7',
    kind: 'message',
    at: '2026-11-24T11:14:00.000Z',
    by: { kind: 'customer' },
    message: 'm',
    ticket: 1,
    messageKind: 'customer',
    mail: null,
    direction: 'in',
    state: 'received',
    from: { name: 'Eleanor', email: 'e@x.test' },
    to: ['e@x.test'],
    cc: [],
    subject: '',
    text: 'Hello',
    replyText: 'Hello',
    quotedText: '',
    html: null,
    attachments: [],
    messageId: null,
    automatic: false,
    authentication: null,
    stranger: false,
    forwardedBy: null,
    warning: null,
    remoteImages: false,
    sentAt: null,
    sendAt: null,
    nextTryAt: null,
    reason: null,
    refused: [],
    ...change,
  };
}
