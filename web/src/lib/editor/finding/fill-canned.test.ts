import { expect, test } from 'vitest';
import { fillCanned } from './fill-canned.ts';

const BODY = 'Hi {{customer.name}},\n\nI am {{agent.name}}. See #{{ticket.number}} {{order.id}}.';

test('a canned response is filled where values are known, and keeps the rest to be seen', () => {
  const sources = {
    customer: { name: '', email: 'e@x.test' },
    agent: { name: 'Bo <b>' },
    ticket: { number: 7, subject: 'Lamp' },
  };
  expect(fillCanned(BODY, sources)).toBe(
    '<p>Hi {{customer.name}},</p><p>I am Bo &lt;b&gt;. See #7 {{order.id}}.</p>',
  );
});
