import { expect, test } from 'vitest';
import { signaturesOf } from './signatures.ts';

const TICKET = {
  subject: 'Lamp',
  customerName: '',
  customerEmail: 'e@x.test',
  companyName: 'Acme',
  mailboxName: 'Acme Support',
  mailboxAddress: 'support@acme.test',
  plusAddresses: true,
  signature: '{{mailbox.name}} of {{company.name}}',
  signatureHtml: null,
};
const BO = { name: 'Bo <Lind>', signature: 'Yours, {{agent.name}}', signatureHtml: null };

test("the writer's signature stands above the mailbox's, both with their names", () => {
  expect(signaturesOf(TICKET, 7, BO)).toEqual({
    signature: 'Yours, Bo <Lind>\n\nAcme Support of Acme',
    signatureHtml: null,
  });
  expect(signaturesOf({ ...TICKET, signature: '' }, 7, null).signature).toBe('');
});

test('in HTML names are text, and the other one is laid out beside it', () => {
  const html = '<b>{{agent.name}}</b>';
  const { signatureHtml } = signaturesOf(TICKET, 7, { ...BO, signatureHtml: html });
  expect(signatureHtml).toBe('<b>Bo &lt;Lind&gt;</b><br><br>\nAcme Support of Acme');
});
