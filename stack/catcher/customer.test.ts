import { expect, test } from 'vitest';
import type { CaughtMail } from './caught-mail.ts';
import { replyTo } from './customer.ts';

const caught: CaughtMail = {
  id: 'a',
  receivedAt: '2026-03-01T09:30:00.000Z',
  envelope: { from: 'support@acme.test', to: ['carla@customer.test'] },
  from: [{ name: 'Acme Support', email: 'support@acme.test' }],
  to: [{ name: 'Carla', email: 'Carla@customer.test' }],
  cc: [],
  replyTo: [{ name: '', email: 'support+token@acme.test' }],
  subject: 'Your parcel',
  messageId: '<2@acme.test>',
  inReplyTo: '<1@customer.test>',
  references: ['<1@customer.test>'],
  autoSubmitted: null,
  snippet: '',
  sizeBytes: 1,
};

test('a reply goes to Reply-To and refers to the mail and its ancestors', () => {
  expect(replyTo(caught, 'On its way.\nBo', 'Thanks')).toEqual({
    from: { name: 'Carla', email: 'carla@customer.test' },
    to: [{ name: '', email: 'support+token@acme.test' }],
    subject: 'Re: Your parcel',
    text: 'Thanks\n\nOn 2026-03-01 09:30, Acme Support wrote:\n> On its way.\n> Bo\n',
    inReplyTo: '<2@acme.test>',
    references: ['<1@customer.test>', '<2@acme.test>'],
  });
});

test('without Reply-To it goes to From, and an answer gets no second "Re:"', () => {
  const draft = replyTo({ ...caught, replyTo: [], subject: 'RE: Your parcel' }, null, 'x');
  expect(draft.to).toEqual(caught.from);
  expect(draft.subject).toBe('RE: Your parcel');
});
