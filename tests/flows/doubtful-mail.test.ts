import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailRow } from '../../database/rows.ts';
import { acceptParked } from '../../intake/parked.ts';
import { takeForm } from '../../intake/take-form.ts';
import { takeMail } from '../../intake/take-mail.ts';
import { resolveFrom } from '../../mail/testing/zone.ts';
import { askUntil } from './ask-until.ts';
import { arrivalOf } from './letter.ts';
import type { Letter } from './letter.ts';
import { startRunningDesk } from './running-desk.ts';
import type { RunningDesk } from './running-desk.ts';

const BO = 'Bo Ek <bo@agents.test>';

let desk: RunningDesk;
beforeAll(async () => {
  desk = await startRunningDesk();
  // Nothing is known of anybody: no mail proves whose it is.
  desk.intake.resolve = resolveFrom({});
  await desk.in((trx) => trx('agent').where({ id: desk.bo }).update({ email: 'bo@agents.test' }));
});
afterAll(() => desk.stop());

async function take(letter: Partial<Letter>): Promise<MailRow> {
  const [stored] = await takeMail(desk.intake, arrivalOf(desk.company, letter));
  if (!stored) throw new Error('no mailbox took the mail');
  return settled({ id: stored.row.id });
}

async function settled(which: Partial<MailRow>): Promise<MailRow> {
  return askUntil(async () => {
    const row: MailRow = await desk.in((trx) => trx('mail').where(which).first('*'));
    return row.outcome === 'pending' ? undefined : row;
  });
}

describe('a forward that nothing proves to be an agent’s', () => {
  const forward = {
    subject: 'WG: Lampe',
    text: [
      'Can you take this?',
      '',
      '-------- Ursprüngliche Nachricht --------',
      'Von: Dora Wolf <dora@brightmail.test>',
      'Gesendet: Montag, 23. November 2026 10:00',
      'An: Bo Ek',
      'Betreff: Lampe',
      '',
      'Sie flackert.',
    ].join('\r\n'),
  };

  async function expectPlain(mail: MailRow): Promise<void> {
    expect(mail.outcome).toBe('new_ticket');
    const message = await desk.in((trx) => trx('message').where({ id: mail.message }).first('*'));
    expect(message).toMatchObject({ from_address: 'bo@agents.test', forwarded_by: null });
    expect(message.warning).toContain('nothing proves');
    const dora = await desk.in((trx) => trx('customer').where({ email: 'dora@brightmail.test' }));
    expect(dora).toEqual([]);
  }

  test('makes a ticket of its own, with a warning', async () => {
    await expectPlain(await take({ from: BO, ...forward }));
  });

  test('makes none of a customer by the contact form either', async () => {
    const mailbox = await desk.in((trx) => trx('mailbox').first('id', 'address'));
    const { number } = await takeForm(desk.intake, {
      ...forward,
      company: desk.company,
      mailbox,
      name: 'Bo Ek',
      email: 'bo@agents.test',
      attachments: [],
      remoteAddress: '203.0.113.9',
      id: 'forged-form',
      at: new Date(),
    });
    await expectPlain(await settled({ ticket: number }));
  });
});

describe('a mail in the words of a delivery report', () => {
  const letter = {
    from: 'Postmaster <postmaster@customer.test>',
    subject: 'Your mail could not be delivered, please check',
  };

  test('that reports nothing waits for a person, who may let it in', async () => {
    const text = 'We never got your invoice. Which address did you write to?';
    const mail = await take({ ...letter, text });
    expect(mail).toMatchObject({ outcome: 'parked', ticket: null, message: null });
    expect(mail.reason).toContain('delivery report');
    const { ticket } = await acceptParked(desk.intake, desk.company, mail.id);
    expect(await settled({ id: mail.id })).toMatchObject({ outcome: 'new_ticket', ticket });
  });

  test('that tells what went wrong is a bounce, also of a mail that is not ours', async () => {
    const mail = await take({ ...letter, text: 'bo@x.test: 550 5.1.1 User unknown' });
    expect(mail).toMatchObject({ outcome: 'bounce', ticket: null });
  });
});
